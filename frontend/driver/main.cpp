// main.cpp: bangcc, the compiler of BANG C.
#include "frontend/driver/Compilation.h"

#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/TargetSelect.h"

using namespace bang;

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::setBugReportMsg("bangcc: internal error; please report it with the source file and these lines\n");
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  llvm::InitializeNativeTargetAsmParser();

  Messages messages;
  ParsedCommand command = parseCommand({argv + 1, argv + argc}, messages);
  if (!command.options)
    return command.exitCode;
  std::optional<Tools> tools = findTools(argv[0], messages);
  if (!tools)
    return 1;
  std::optional<TempFolder> temps = TempFolder::create(messages);
  if (!temps)
    return 1;
  return Compilation(*command.options, *tools, *temps, messages).run() ? 0 : 1;
}
