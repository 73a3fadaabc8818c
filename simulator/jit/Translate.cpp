// Translate.cpp: regions become LLVM IR, made of the inlined steps of Steps.cpp, and then code of the host.
//
// A translated region works on a copy of the core's registers and memory windows, which LLVM keeps in registers of the
// host. It leaves in one of three ways, each after writing the registers back: at the end of the turn it returns; where
// the region ends it calls the function of the next instruction; where an instruction meets an unusual case it calls
// the interpreter's function for that. Calls are tail calls, as in the interpreter. Nothing is called from the middle
// of translated code and nothing throws there.
#include "simulator/jit/Jit.h"
#include "simulator/jit/Outcome.h"

#include "simulator/core/Core.h"

#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Linker/Linker.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Transforms/IPO/AlwaysInliner.h"
#include "llvm/Transforms/IPO/GlobalDCE.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/SROA.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"

#include <bitset>
#include <mutex>

// Steps.cpp as bitcode (Embed.s).
extern "C" [[gnu::visibility("hidden")]] const char dlpStepsBegin[], dlpStepsEnd[];

using namespace llvm;

namespace dlp::jit {
namespace {

constexpr unsigned kRegisters = 32;

// Names of steps, by ScalarId.
constexpr const char *kSteps[] = {
#define DLP_SCALAR(ID, NAME, MATCH, MASK, FORMAT) "step" #ID,
#define DLP_FLOAT(ID, NAME, MATCH, MASK, FORMAT) "step" #ID "_S", "step" #ID "_D", "step" #ID "_H",
#include "simulator/core/ScalarOps.inc"
#undef DLP_SCALAR
#undef DLP_FLOAT
};

enum class File : uint8_t { None, Integer, Float };

// The file of the register an instruction writes, by ScalarFormat.
constexpr File fileOf(ScalarFormat format) {
  switch (format) {
  case ScalarFormat::None:
  case ScalarFormat::B:
  case ScalarFormat::Store:
  case ScalarFormat::FStore:
    return File::None;
  case ScalarFormat::FLoad:
  case ScalarFormat::F1:
  case ScalarFormat::F2:
  case ScalarFormat::F3:
  case ScalarFormat::F2Exact:
  case ScalarFormat::XToF:
  case ScalarFormat::XToFExact:
    return File::Float;
  default:
    return File::Integer;
  }
}
constexpr File kWrites[] = {
#define DLP_SCALAR(ID, NAME, MATCH, MASK, FORMAT) fileOf(ScalarFormat::FORMAT),
#define DLP_FLOAT(ID, NAME, MATCH, MASK, FORMAT)                                                                       \
  fileOf(ScalarFormat::FORMAT), fileOf(ScalarFormat::FORMAT), fileOf(ScalarFormat::FORMAT),
#include "simulator/core/ScalarOps.inc"
#undef DLP_SCALAR
#undef DLP_FLOAT
};

std::string stepName(const Module &steps, const Op &op) {
  std::string name = kSteps[op.id];
  if (isBasedOnStack(op) && steps.getFunction(name + "_SP"))
    name += "_SP";
  return name;
}

// Builds one region.
class RegionBuilder {
public:
  RegionBuilder(Module &module, const Module &steps, const Region &region)
      : region(region), module(module), steps(steps), context(module.getContext()), b(context) {}

  // A function of the name with the signature of the interpreter's.
  void build(StringRef name);

private:
  FunctionCallee step(StringRef name, Type *result, ArrayRef<Type *> operands) {
    return module.getOrInsertFunction(name, FunctionType::get(result, operands, false));
  }
  Value *address(const void *p) {
    return ConstantExpr::getIntToPtr(b.getInt64(reinterpret_cast<uintptr_t>(p)), b.getPtrTy());
  }
  // As constants, so that their fields are known where a step reads them.
  Value *constantOf(const Op &op);
  Value *constantOf(const BlockEntry &entry);
  Value *constant(ArrayRef<Constant *> fields);
  Value *budgetLess(uint32_t instructions) { return b.CreateSub(budgetNow, b.getInt64(instructions)); }
  MDNode *unlikely() { return MDBuilder(context).createUnlikelyBranchWeights(); }

  void buildBlock(uint32_t number);
  void buildReturn(const Insn &insn, uint32_t done);
  // From an instruction after `done` others of its block: goes on at `to`, or ends the turn there.
  void jump(int32_t block, const Op *to, uint32_t done);
  void goTo(int32_t block, const Op *to, Value *budget);
  void leave(Value *function, Value *op, Value *budget);
  void buildLeaving();
  void writeBack();

  const Region &region;
  Module &module;
  const Module &steps;
  LLVMContext &context;
  IRBuilder<> b;
  Function *function = nullptr;
  Value *core = nullptr, *copy = nullptr, *budgetSlot = nullptr, *budgetNow = nullptr;
  std::vector<BasicBlock *> blocks;
  BasicBlock *leaving = nullptr, *ending = nullptr;
  PHINode *leavingFunction = nullptr, *leavingOp = nullptr, *leavingBudget = nullptr;
  PHINode *endingOp = nullptr, *endingBudget = nullptr;
  std::bitset<kRegisters> writesX, writesF;
};

Value *RegionBuilder::constantOf(const Op &op) {
  static_assert(sizeof(Op) == 24 && offsetof(Op, imm) == 8 && offsetof(Op, rd) == 16 && offsetof(Op, id) == 22);
  Constant *fields[] = {b.getInt64(0),     b.getInt64(uint64_t(op.imm)),
                        b.getInt8(op.rd),  b.getInt8(op.rs1),
                        b.getInt8(op.rs2), b.getInt8(op.rs3),
                        b.getInt8(op.rm),  b.getInt8(op.step),
                        b.getInt16(op.id)};
  return constant(fields);
}

Value *RegionBuilder::constantOf(const BlockEntry &entry) {
  static_assert(offsetof(BlockEntry, cost) == 8 && offsetof(BlockEntry, slot) == 20);
  return constant({b.getInt64(0), b.getInt32(entry.cost), b.getInt32(entry.number), b.getInt32(entry.line),
                   b.getInt32(entry.slot)});
}

Value *RegionBuilder::constant(ArrayRef<Constant *> fields) {
  auto *value = ConstantStruct::getAnon(fields);
  auto *global = new GlobalVariable(module, value->getType(), true, GlobalValue::PrivateLinkage, value);
  global->setUnnamedAddr(GlobalValue::UnnamedAddr::Global);
  return global;
}

void RegionBuilder::build(StringRef name) {
  Type *pointer = b.getPtrTy(), *word = b.getInt64Ty();
  function = Function::Create(FunctionType::get(b.getVoidTy(), {pointer, pointer, word}, false),
                              GlobalValue::ExternalLinkage, name, module);
  function->addFnAttr(Attribute::NoUnwind);
  function->addFnAttr(Attribute::StrictFP);
  for (const Insn &insn : region.insns)
    if (insn.op->rd < kRegisters) {
      if (kWrites[insn.op->id] == File::Integer)
        writesX.set(insn.op->rd);
      if (kWrites[insn.op->id] == File::Float)
        writesF.set(insn.op->rd);
    }

  core = function->getArg(0);
  auto *entry = BasicBlock::Create(context, "", function);
  for (size_t i = 0; i < region.blocks.size(); ++i)
    blocks.push_back(BasicBlock::Create(context, "", function));
  b.SetInsertPoint(entry);
  auto *storage = b.CreateAlloca(ArrayType::get(b.getInt8Ty(), sizeof(Core)));
  storage->setAlignment(Align(alignof(Core)));
  copy = storage;
  budgetSlot = b.CreateAlloca(word);
  b.CreateStore(function->getArg(2), budgetSlot);
  b.CreateCall(step("stepsEnter", b.getVoidTy(), {pointer, pointer}), {copy, core});
  // Called for the instruction of one of its entries.
  auto *which = b.CreateSwitch(b.CreatePtrToInt(function->getArg(1), word), blocks[region.entries[0]]);
  for (const uint32_t number : ArrayRef(region.entries).drop_front()) {
    const Op *first = region.insns[region.blocks[number].first].op;
    which->addCase(b.getInt64(reinterpret_cast<uintptr_t>(first)), blocks[number]);
  }
  buildLeaving();
  for (uint32_t i = 0; i < blocks.size(); ++i)
    buildBlock(i);
}

void RegionBuilder::writeBack() {
  Type *pointer = b.getPtrTy(), *word = b.getInt64Ty();
  for (unsigned i = 1; i < kRegisters; ++i)
    if (writesX[i])
      b.CreateCall(step("stepsLeaveX", b.getVoidTy(), {pointer, pointer, word}), {core, copy, b.getInt64(i)});
  for (unsigned i = 0; i < kRegisters; ++i)
    if (writesF[i])
      b.CreateCall(step("stepsLeaveF", b.getVoidTy(), {pointer, pointer, word}), {core, copy, b.getInt64(i)});
}

// The two places where regions are left; all ways out come through them.
void RegionBuilder::buildLeaving() {
  Type *pointer = b.getPtrTy(), *word = b.getInt64Ty();
  leaving = BasicBlock::Create(context, "leave", function);
  b.SetInsertPoint(leaving);
  leavingFunction = b.CreatePHI(pointer, 0);
  leavingOp = b.CreatePHI(pointer, 0);
  leavingBudget = b.CreatePHI(word, 0);
  writeBack();
  auto *call = b.CreateCall(function->getFunctionType(), leavingFunction, {core, leavingOp, leavingBudget});
  call->setTailCallKind(CallInst::TCK_MustTail);
  b.CreateRetVoid();

  ending = BasicBlock::Create(context, "end", function);
  b.SetInsertPoint(ending);
  endingOp = b.CreatePHI(pointer, 0);
  endingBudget = b.CreatePHI(word, 0);
  writeBack();
  b.CreateCall(step("stepsEndTurn", b.getVoidTy(), {pointer, pointer, word}), {core, endingOp, endingBudget});
  b.CreateRetVoid();
}

void RegionBuilder::leave(Value *next, Value *op, Value *budget) {
  leavingFunction->addIncoming(next, b.GetInsertBlock());
  leavingOp->addIncoming(op, b.GetInsertBlock());
  leavingBudget->addIncoming(budget, b.GetInsertBlock());
  b.CreateBr(leaving);
}

void RegionBuilder::goTo(int32_t block, const Op *to, Value *budget) {
  if (block != kOutside) {
    b.CreateStore(budget, budgetSlot);
    b.CreateBr(blocks[size_t(block)]);
    return;
  }
  // Whatever runs it by then: the interpreter, or another region.
  Value *op = address(to);
  leave(b.CreateLoad(b.getPtrTy(), address(&to->run)), op, budget);
}

void RegionBuilder::jump(int32_t block, const Op *to, uint32_t done) {
  Value *before = budgetLess(done), *after = budgetLess(done + 1);
  auto *goOn = BasicBlock::Create(context, "", function);
  b.CreateCondBr(b.CreateICmpSLE(before, b.getInt64(0)), ending, goOn, unlikely());
  endingOp->addIncoming(address(to), b.GetInsertBlock());
  endingBudget->addIncoming(after, b.GetInsertBlock());
  b.SetInsertPoint(goOn);
  goTo(block, to, after);
}

// Compares with the places behind the region's calls; other returns are left to the interpreter.
void RegionBuilder::buildReturn(const Insn &insn, uint32_t done) {
  Value *target = b.CreateCall(step("stepsReturnAddress", b.getInt64Ty(), {b.getPtrTy()}), {copy});
  for (const ReturnSite &site : region.returns) {
    auto *here = BasicBlock::Create(context, "", function), *other = BasicBlock::Create(context, "", function);
    b.CreateCondBr(b.CreateICmpEQ(target, b.getInt64(site.pc)), here, other);
    b.SetInsertPoint(here);
    jump(site.block, region.insns[region.blocks[size_t(site.block)].first].op, done);
    b.SetInsertPoint(other);
  }
  leave(address(reinterpret_cast<const void *>(insn.alone)), address(insn.op), budgetLess(done));
}

void RegionBuilder::buildBlock(uint32_t number) {
  Type *pointer = b.getPtrTy(), *word = b.getInt64Ty();
  const Block &block = region.blocks[number];
  b.SetInsertPoint(blocks[number]);
  budgetNow = b.CreateLoad(word, budgetSlot);
  const Op *op = nullptr;
  for (uint32_t i = 0; i < block.count; ++i) {
    const Insn &insn = region.insns[block.first + i];
    op = insn.op;
    const Op *target = op + (op->imm >> 1);
    if (insn.counted)
      b.CreateCall(step("stepsCount", b.getVoidTy(), {pointer, pointer}), {core, constantOf(*insn.counted)});
    if (isJump(*op)) {
      if (op->rd < kRegisters)
        b.CreateCall(step("stepsLink", b.getVoidTy(), {pointer, word, word}),
                     {copy, b.getInt64(op->rd), b.getInt64(insn.pc + op->length())});
      return jump(block.taken, target, i);
    }
    if (isReturn(*op))
      return buildReturn(insn, i);
    Value *outcome = b.CreateCall(step(stepName(steps, *op), b.getInt32Ty(), {pointer, pointer, word}),
                                  {copy, constantOf(*op), budgetNow});
    auto *next = BasicBlock::Create(context, "", function), *other = BasicBlock::Create(context, "", function);
    const bool conditional = isConditional(*op);
    b.CreateCondBr(b.CreateICmpEQ(outcome, b.getInt32(uint32_t(Outcome::Next))), next, other,
                   conditional ? nullptr : MDBuilder(context).createLikelyBranchWeights());
    b.SetInsertPoint(other);
    if (conditional)
      jump(block.taken, target, i);
    else
      leave(address(reinterpret_cast<const void *>(insn.alone)), address(op), budgetLess(i));
    b.SetInsertPoint(next);
  }
  goTo(block.next, op->next(), budgetLess(block.count));
}

} // namespace

class Translator {
public:
  static Translator *open();
  bool has(const Op &op);
  OpFunction *translate(const Region &region);

private:
  std::unique_ptr<orc::LLJIT> jit;
  std::unique_ptr<TargetMachine> machine;
  LLVMContext context;
  std::unique_ptr<Module> steps;
  uint64_t regions = 0;

  void optimise(Module &module);
};

static MemoryBufferRef stepsBitcode() {
  return {StringRef(dlpStepsBegin, size_t(dlpStepsEnd - dlpStepsBegin)), "steps"};
}

Translator *Translator::open() {
  static std::once_flag once; // programs of several devices come from several threads
  std::call_once(once, [] {
    InitializeNativeTarget();
    InitializeNativeTargetAsmPrinter();
  });
  auto host = orc::JITTargetMachineBuilder::detectHost();
  if (!host) {
    consumeError(host.takeError());
    return nullptr;
  }
  auto made = std::make_unique<Translator>();
  auto machine = host->createTargetMachine();
  auto jit = orc::LLJITBuilder().setJITTargetMachineBuilder(*host).create();
  auto steps = parseBitcodeFile(stepsBitcode(), made->context);
  if (!machine || !jit || !steps) {
    consumeError(machine.takeError());
    consumeError(jit.takeError());
    consumeError(steps.takeError());
    return nullptr;
  }
  made->machine = std::move(*machine);
  made->jit = std::move(*jit);
  made->steps = std::move(*steps);
  return made.release();
}

// A step that calls something is more than a step: it throws, or computes in software.
bool Translator::has(const Op &op) {
  if (op.id >= std::size(kSteps))
    return false;
  const Function *step = steps->getFunction(stepName(*steps, op));
  if (!step || step->isDeclaration())
    return false;
  for (const BasicBlock &block : *step)
    for (const llvm::Instruction &insn : block)
      if (auto *call = dyn_cast<CallBase>(&insn);
          call && (!call->getCalledFunction() || !call->getCalledFunction()->isIntrinsic()))
        return false;
  return true;
}

void Translator::optimise(Module &module) {
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager callGraphs;
  ModuleAnalysisManager modules;
  PassBuilder builder(machine.get());
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(callGraphs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, callGraphs, modules);

  ModulePassManager passes;
  passes.addPass(AlwaysInlinerPass());
  // Constant Ops first: then what cannot be is gone, the copy of the core is read and written at known places only, and
  // it dissolves.
  FunctionPassManager dissolve;
  dissolve.addPass(EarlyCSEPass());
  dissolve.addPass(SimplifyCFGPass());
  dissolve.addPass(SROAPass(SROAOptions::ModifyCFG));
  passes.addPass(createModuleToFunctionPassAdaptor(std::move(dissolve)));
  passes.addPass(GlobalDCEPass());
  passes.addPass(createModuleToFunctionPassAdaptor(
      builder.buildFunctionSimplificationPipeline(OptimizationLevel::O2, ThinOrFullLTOPhase::None)));
  passes.addPass(GlobalDCEPass());
  passes.run(module, modules);
}

OpFunction *Translator::translate(const Region &region) {
  auto owner = std::make_unique<LLVMContext>();
  auto module = std::make_unique<Module>("region", *owner);
  module->setDataLayout(jit->getDataLayout());
  module->setTargetTriple(jit->getTargetTriple());
  const std::string name = "region" + std::to_string(regions++);
  RegionBuilder(*module, *steps, region).build(name);

  auto bodies = getLazyBitcodeModule(stepsBitcode(), *owner);
  if (!bodies) {
    consumeError(bodies.takeError());
    return nullptr;
  }
  if (Linker::linkModules(*module, std::move(*bodies), Linker::LinkOnlyNeeded))
    return nullptr;
  for (Function &each : *module)
    if (!each.isDeclaration() && each.getName() != name) {
      each.setLinkage(GlobalValue::InternalLinkage);
      if (each.getName().starts_with("step"))
        each.addFnAttr(Attribute::AlwaysInline);
    }
  optimise(*module);
  if (llvm::Error error =
          jit->addIRModule(orc::ThreadSafeModule(std::move(module), orc::ThreadSafeContext(std::move(owner))))) {
    consumeError(std::move(error));
    return nullptr;
  }
  auto symbol = jit->lookup(name);
  if (!symbol) {
    consumeError(symbol.takeError());
    return nullptr;
  }
  return symbol->toPtr<OpFunction *>();
}

extern "C" {
[[gnu::visibility("default")]] Translator *dlpOpenTranslator() { return Translator::open(); }
[[gnu::visibility("default")]] void dlpCloseTranslator(Translator *translator) { delete translator; }
[[gnu::visibility("default")]] bool dlpCanTranslate(Translator *translator, const Op *op) {
  return translator->has(*op);
}
[[gnu::visibility("default")]] OpFunction *dlpTranslate(Translator *translator, const Region *region) {
  return translator->translate(*region);
}
}

} // namespace dlp::jit
