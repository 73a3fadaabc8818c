// PointsTo.cpp: inclusion constraints, solved by visiting the module until nothing grows.
#include "mlir-dialects/Bang/Analysis/PointsTo.h"

#include "mlir-dialects/Bang/IR/BangDialect.h"
#include "mlir-dialects/Bang/IR/TableOp.h"

#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using dlp::Space;

namespace bang {

constexpr size_t kMaxObjects = 32;

bool ObjectSet::add(unsigned object) {
  auto at = llvm::lower_bound(ids, object);
  if (at != ids.end() && *at == object)
    return false;
  if (ids.size() == kMaxObjects)
    return setUnknown();
  ids.insert(at, object);
  return true;
}

bool ObjectSet::join(const ObjectSet &other) {
  bool grew = other.unknown && setUnknown();
  for (unsigned object : other.ids)
    grew |= add(object);
  return grew;
}

bool ObjectSet::setUnknown() {
  bool grew = !unknown;
  unknown = true;
  return grew;
}

Space spaceOf(LLVM::GlobalOp global) {
  StringRef section = global.getSection().value_or("");
  for (auto [prefix, space] : {std::pair(".nram", Space::Nram), std::pair(".wram", Space::Wram),
                               std::pair(".sram", Space::Sram), std::pair(".ldram", Space::Ldram)})
    if (section.starts_with(prefix))
      return space;
  return global.getConstant() || section.starts_with(".rodata") ? Space::Rom : Space::Gdram;
}

// Types that can hold an address.
static bool carries(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return integer.getWidth() >= 64;
  return !isa<FloatType, LLVM::LLVMVoidType>(type);
}

// Builds and solves the constraints; everything but the result dies with it.
class PointsToSolver {
public:
  PointsToSolver(ModuleOp module, PointsTo &result) : module(module), symbols(module), result(result) {}

  void solve() {
    findFunctions();
    iterate();
    // Only now is it known which integers hold no address at all: as pointers they may be anything.
    module.walk([&](LLVM::IntToPtrOp cast) {
      if (result.of(cast.getArg()).empty())
        grow(cast.getRes()).setUnknown();
    });
    iterate();
  }

private:
  ObjectSet &grow(Value value) { return result.sets[value]; }
  // By value: growing one set may move the others.
  void join(Value to, ObjectSet from) { changed |= grow(to).join(from); }
  void join(Value to, Value from) { join(to, result.of(from)); }
  void joinAll(Value to, ValueRange from) {
    for (Value value : from)
      join(to, value);
  }
  void makeUnknown(Value value) {
    if (carries(value.getType()))
      changed |= grow(value).setUnknown();
  }

  unsigned objectFor(Operation *op, MemoryObject::Kind kind, SpaceMask spaces) {
    auto [entry, inserted] = objectIds.try_emplace(op, result.objects.size());
    if (inserted)
      addObject({kind, op, {}, spaces});
    return entry->second;
  }
  void addObject(MemoryObject object) {
    result.objects.push_back(object);
    contents.emplace_back();
    escaped.push_back(false);
  }

  void iterate() {
    do {
      changed = false;
      module.walk([&](Operation *op) { visit(op); });
      escapeContents();
    } while (changed);
  }

  LLVM::LLVMFuncOp calleeOf(LLVM::CallOp call) const {
    return call.getCallee() ? symbols.lookup<LLVM::LLVMFuncOp>(*call.getCallee()) : LLVM::LLVMFuncOp();
  }
  void findFunctions();
  void initParameters(LLVM::LLVMFuncOp function, bool isKernel, bool isCalled);
  void visit(Operation *op);
  void visitCall(LLVM::CallOp call);
  void visitTableOp(Operation *op, const OpInfo &row);
  void visitBranch(BranchOpInterface branch);

  // Memory. Only stack variables are followed; other memory may be written by anybody.
  void load(Value to, Value address);
  void store(const ObjectSet &value, Value address);
  void copy(Value dst, Value src);
  ObjectSet readFrom(const ObjectSet &addresses) const;
  void escape(const ObjectSet &addresses);
  void escapeContents();
  void clobber(Value address);

  ModuleOp module;
  SymbolTable symbols;
  PointsTo &result;
  llvm::DenseMap<Operation *, unsigned> objectIds;
  std::vector<ObjectSet> contents; // per object, what it may hold
  std::vector<bool> escaped;       // per object, whether its address is where we do not follow it
  llvm::DenseSet<Operation *> kernels;
  llvm::DenseMap<Operation *, SmallVector<LLVM::ReturnOp>> returns;
  bool changed = false;
};

// An entry wrapper reads the arguments from the launch's parameter block.
static bool isEntry(LLVM::CallOp call) {
  auto caller = call->getParentOfType<LLVM::LLVMFuncOp>();
  return caller && (caller.getName().starts_with("__bang_entry.") || caller.getName().starts_with("__dlp_entry."));
}

// Kernels are what the entry wrappers call; the front end marks them, too.
void PointsToSolver::findFunctions() {
  llvm::DenseSet<Operation *> called, addressTaken;
  module.walk([&](LLVM::CallOp call) {
    if (Operation *callee = calleeOf(call))
      (isEntry(call) ? kernels : called).insert(callee);
  });
  module.walk([&](LLVM::ReturnOp ret) { returns[ret->getParentOp()].push_back(ret); });
  module.walk([&](LLVM::AddressOfOp address) {
    if (Operation *function = symbols.lookup<LLVM::LLVMFuncOp>(address.getGlobalName()))
      addressTaken.insert(function);
  });
  for (auto function : module.getOps<LLVM::LLVMFuncOp>()) {
    if (function.isExternal())
      continue;
    if (function->hasAttr(kKernelAttr))
      kernels.insert(function);
    initParameters(function, kernels.contains(function), called.contains(function) && !addressTaken.contains(function));
  }
}

void PointsToSolver::initParameters(LLVM::LLVMFuncOp function, bool isKernel, bool isCalled) {
  for (BlockArgument parameter : function.getArguments()) {
    bool indirect = function.getArgAttr(parameter.getArgNumber(), kIndirectAttr) != Attribute();
    if (isKernel && isa<LLVM::LLVMPointerType>(parameter.getType()) && !indirect) {
      unsigned id = result.objects.size();
      addObject({MemoryObject::KernelParameter, function, parameter, maskOf(Space::Gdram)});
      grow(parameter).add(id);
    } else if (isKernel || !isCalled) {
      makeUnknown(parameter);
    }
  }
}

ObjectSet PointsToSolver::readFrom(const ObjectSet &addresses) const {
  ObjectSet values;
  if (addresses.unknown)
    values.setUnknown();
  for (unsigned id : addresses.objects()) {
    if (result.objects[id].kind != MemoryObject::Stack || escaped[id])
      values.setUnknown();
    else
      values.join(contents[id]);
  }
  return values;
}

void PointsToSolver::load(Value to, Value address) {
  if (carries(to.getType()))
    join(to, readFrom(result.of(address)));
}

void PointsToSolver::store(const ObjectSet &value, Value address) {
  const ObjectSet addresses = result.of(address);
  if (addresses.unknown)
    escape(value);
  for (unsigned id : addresses.objects()) {
    if (result.objects[id].kind == MemoryObject::Stack)
      changed |= contents[id].join(value);
    else
      escape(value);
  }
}

void PointsToSolver::copy(Value dst, Value src) { store(readFrom(result.of(src)), dst); }

// The variable may be read and written behind our back, and so may everything its contents point to.
void PointsToSolver::escape(const ObjectSet &addresses) {
  for (unsigned id : addresses.objects()) {
    if (result.objects[id].kind != MemoryObject::Stack)
      continue;
    if (escaped[id])
      continue;
    escaped[id] = true;
    contents[id].setUnknown();
    changed = true;
  }
}

void PointsToSolver::escapeContents() {
  for (size_t id = 0; id < escaped.size(); ++id)
    if (escaped[id])
      escape(ObjectSet(contents[id]));
}

// Something we do not follow is written to the variable.
void PointsToSolver::clobber(Value address) {
  for (unsigned id : result.of(address).objects())
    if (result.objects[id].kind == MemoryObject::Stack)
      changed |= contents[id].setUnknown();
}

void PointsToSolver::visitCall(LLVM::CallOp call) {
  LLVM::LLVMFuncOp callee = calleeOf(call);
  if (isEntry(call) && kernels.contains(callee))
    return; // its parameters were given their objects
  if (!callee || callee.isExternal() || callee.isVarArg()) {
    for (Value arg : call->getOperands())
      escape(result.of(arg));
    for (Value value : call->getResults())
      makeUnknown(value);
    return;
  }
  for (auto [param, arg] : llvm::zip(callee.getArguments(), call.getArgOperands()))
    if (carries(param.getType()))
      join(param, arg);
  if (call->getNumResults() && carries(call->getResult(0).getType()))
    for (LLVM::ReturnOp ret : returns.lookup(callee))
      joinAll(call->getResult(0), ret->getOperands());
}

void PointsToSolver::visitTableOp(Operation *op, const OpInfo &row) {
  for (auto [param, operand] : llvm::zip_equal(row.params, op->getOperands())) {
    // A copy may move addresses; where they go is not followed.
    if (param.role == ParamRole::Read)
      escape(readFrom(result.of(operand)));
    else if (param.role == ParamRole::Write)
      clobber(operand);
  }
  for (Value value : op->getResults())
    makeUnknown(value);
}

void PointsToSolver::visitBranch(BranchOpInterface branch) {
  for (unsigned i = 0; i < branch->getNumSuccessors(); ++i) {
    ValueRange args = branch.getSuccessorOperands(i).getForwardedOperands();
    for (auto [param, arg] : llvm::zip(branch->getSuccessor(i)->getArguments(), args))
      if (carries(param.getType()))
        join(param, arg);
  }
}

void PointsToSolver::visit(Operation *op) {
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](LLVM::AddressOfOp address) {
        Operation *target = symbols.lookup(address.getGlobalName());
        if (auto global = dyn_cast_or_null<LLVM::GlobalOp>(target)) {
          unsigned id = objectFor(global, MemoryObject::Global, maskOf(spaceOf(global)));
          changed |= grow(address.getRes()).add(id);
        } else {
          makeUnknown(address.getRes());
        }
      })
      .Case([&](LLVM::AllocaOp alloca) {
        // The stack of a core lies in NRAM or in LDRAM, by an option of the link.
        unsigned id = objectFor(alloca, MemoryObject::Stack, maskOf(Space::Nram) | maskOf(Space::Ldram));
        changed |= grow(alloca.getRes()).add(id);
      })
      .Case([&](LLVM::GEPOp gep) {
        join(gep.getRes(), gep.getBase());
        // `a + (b - a)` points into b. An index of unknown origin is just a number, though.
        for (Value index : gep.getDynamicIndices()) {
          ObjectSet indexed = result.of(index);
          indexed.unknown = false;
          join(gep.getRes(), std::move(indexed));
        }
      })
      .Case([&](LLVM::LoadOp read) { load(read.getRes(), read.getAddr()); })
      .Case([&](LLVM::StoreOp write) {
        if (carries(write.getValue().getType()))
          store(result.of(write.getValue()), write.getAddr());
      })
      .Case<LLVM::MemcpyOp, LLVM::MemmoveOp, LLVM::MemcpyInlineOp>(
          [&](auto move) { copy(move.getDst(), move.getSrc()); })
      .Case<LLVM::MemsetOp, LLVM::MemsetInlineOp, LLVM::DbgDeclareOp, LLVM::DbgValueOp, LLVM::LifetimeStartOp,
            LLVM::LifetimeEndOp, LLVM::AssumeOp, LLVM::ReturnOp, LLVM::ConstantOp, LLVM::ZeroOp>([](Operation *) {})
      .Case([&](LLVM::CallOp call) { visitCall(call); })
      .Case([&](LLVM::SelectOp select) { joinAll(select.getRes(), {select.getTrueValue(), select.getFalseValue()}); })
      .Case<LLVM::PtrToIntOp, LLVM::IntToPtrOp, LLVM::BitcastOp, LLVM::AddrSpaceCastOp, LLVM::FreezeOp, LLVM::AddOp,
            LLVM::SubOp, LLVM::MulOp, LLVM::AndOp, LLVM::OrOp, LLVM::XOrOp, LLVM::ShlOp, LLVM::LShrOp, LLVM::AShrOp,
            LLVM::UDivOp, LLVM::SDivOp, LLVM::URemOp, LLVM::SRemOp, LLVM::ExtractValueOp, LLVM::InsertValueOp,
            LLVM::ExtractElementOp, LLVM::InsertElementOp, LLVM::ShuffleVectorOp>([&](Operation *compute) {
        if (carries(compute->getResult(0).getType()))
          joinAll(compute->getResult(0), compute->getOperands());
      })
      // No address in the first place.
      .Case<LLVM::SExtOp, LLVM::ZExtOp, LLVM::FPToSIOp, LLVM::FPToUIOp, LLVM::ICmpOp, LLVM::FCmpOp>([](Operation *) {})
      .Case([&](BranchOpInterface branch) { visitBranch(branch); })
      .Default([&](Operation *other) {
        if (const OpInfo *row = rowOf(other))
          return visitTableOp(other, *row);
        if (isa<FunctionOpInterface, LLVM::GlobalOp, ModuleOp>(other))
          return;
        for (Value operand : other->getOperands())
          escape(result.of(operand));
        for (Value value : other->getResults())
          makeUnknown(value);
      });
}

PointsTo::PointsTo(ModuleOp module) { PointsToSolver(module, *this).solve(); }

const ObjectSet &PointsTo::of(Value pointer) const {
  static const ObjectSet nothing;
  auto set = sets.find(pointer);
  return set == sets.end() ? nothing : set->second;
}

SpaceMask PointsTo::spacesOf(Value pointer) const {
  const ObjectSet &set = of(pointer);
  SpaceMask spaces = set.unknown ? kAnySpace : 0;
  for (unsigned id : set.objects())
    spaces |= objects[id].spaces;
  return spaces;
}

const MemoryObject *PointsTo::onlyObject(Value pointer) const {
  const ObjectSet &set = of(pointer);
  return !set.unknown && set.objects().size() == 1 ? &objects[set.objects().front()] : nullptr;
}

} // namespace bang
