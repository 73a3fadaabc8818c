// Options.td: every option of bangcc. Groups say what becomes of an option; driver/Options.cpp reads them.
include "llvm/Option/OptParser.td"

def compile_Group : OptionGroup<"<compile>">;   // handed to Clang for kernel sources, to the host compiler for others
def link_Group    : OptionGroup<"<link>">;      // handed to the linker
def both_Group    : OptionGroup<"<both>">;      // handed to both
def vendor_Group  : OptionGroup<"<vendor>">;    // known from other compilers, has no effect here: one warning each

class Own<string name, OptionKind kind> : Option<["--", "-"], name, kind>;
// The same, usually written with one dash.
class Either<string name, OptionKind kind> : Option<["-", "--"], name, kind>;
class Plain<string name, OptionKind kind> : Option<["-"], name, kind>;
class CommaJoinedOption<string name> : Option<["-"], name, KIND_COMMAJOINED>;

// What to produce.
def c : Plain<"c", KIND_FLAG>, HelpText<"stop after compiling: write an object file">;
def S : Plain<"S", KIND_FLAG>, HelpText<"write the assembly of the device half (with --bang-host-only: of the host half)">;
def E : Plain<"E", KIND_FLAG>, HelpText<"write the preprocessed source as the device half sees it">;
def emit_llvm : Either<"emit-llvm", KIND_FLAG>, HelpText<"write the LLVM IR Clang makes of the device half">;
def emit_bang : Either<"emit-bang", KIND_FLAG>, HelpText<"write the bang dialect: builtins as operations, memory spaces">;
def emit_dlp : Either<"emit-dlp", KIND_FLAG>, HelpText<"write the dlp dialect: one operation is one instruction">;
def fsyntax_only : Plain<"fsyntax-only", KIND_FLAG>, HelpText<"check both halves, write nothing">;
def o : Option<["-"], "o", KIND_JOINED_OR_SEPARATE>, MetaVarName<"<file>">, HelpText<"write the result to <file>, '-' is the terminal">;
def save_temps : Either<"save-temps", KIND_FLAG>, HelpText<"keep the result of every stage beside the output">;

// Which half, for which machine.
def bang_mlu_arch : Own<"bang-mlu-arch=", KIND_JOINED>, MetaVarName<"<arch>">, HelpText<"compile for <arch>, for example mtp_372; several give one program for several machines">;
def bang_arch : Own<"bang-arch=", KIND_JOINED>, MetaVarName<"<arch>">, HelpText<"the same with the names compute_20, compute_30, compute_50">;
def bang_device_only : Own<"bang-device-only", KIND_FLAG>, HelpText<"compile only the device half: write the device image">;
def bang_host_only : Own<"bang-host-only", KIND_FLAG>, HelpText<"compile only the host half: an object without device code">;
def bang_fatbin_only : Own<"bang-fatbin-only", KIND_FLAG>, HelpText<"write the fat object: the device images of all archs">;
def : Plain<"cnbin", KIND_FLAG>, Alias<bang_device_only>;
def : Plain<"cnfatbin", KIND_FLAG>, Alias<bang_fatbin_only>;
def mlisa : Plain<"mlisa", KIND_FLAG>, HelpText<"the same as -S --bang-device-only">;
def bang_stack_on_ldram : Own<"bang-stack-on-ldram", KIND_FLAG>, HelpText<"put the stack of a core into LDRAM, which leaves all of NRAM to objects">;
def Rbang_memory : Plain<"Rbang-memory", KIND_FLAG>, HelpText<"report for each kernel how much NRAM, WRAM, SRAM and LDRAM it uses">;
def x : Option<["-"], "x", KIND_JOINED_OR_SEPARATE>, MetaVarName<"<language>">, HelpText<"treat the files that follow as bang, c++, c or none (by their names)">;

// Dependency files.
def MD : Plain<"MD", KIND_FLAG>, HelpText<"write the files a compilation reads as a make rule">;
def MMD : Plain<"MMD", KIND_FLAG>, HelpText<"the same without system headers">;
def M : Plain<"M", KIND_FLAG>, HelpText<"write only the make rule, to the terminal">;
def MM : Plain<"MM", KIND_FLAG>, HelpText<"the same without system headers">;
def MP : Plain<"MP", KIND_FLAG>, HelpText<"add an empty rule for each header">;
def MF : Option<["-"], "MF", KIND_JOINED_OR_SEPARATE>, MetaVarName<"<file>">, HelpText<"write the make rule to <file>">;
def MT : Option<["-"], "MT", KIND_JOINED_OR_SEPARATE>, MetaVarName<"<target>">, HelpText<"name the target of the make rule">;
def MQ : Option<["-"], "MQ", KIND_JOINED_OR_SEPARATE>, MetaVarName<"<target>">, HelpText<"the same, with make's special characters quoted">;

// The compilation.
def O : Plain<"O", KIND_JOINED>, Group<both_Group>, MetaVarName<"<level>">, HelpText<"optimise: -O0 (default) to -O3">;
def g_Joined : Plain<"g", KIND_JOINED>, Group<both_Group>, HelpText<"debug information for both halves">;
def I : Option<["-"], "I", KIND_JOINED_OR_SEPARATE>, Group<compile_Group>, MetaVarName<"<dir>">, HelpText<"look for headers in <dir>">;
def D : Option<["-"], "D", KIND_JOINED_OR_SEPARATE>, Group<compile_Group>, MetaVarName<"<name>=<value>">, HelpText<"define a macro">;
def U : Option<["-"], "U", KIND_JOINED_OR_SEPARATE>, Group<compile_Group>, MetaVarName<"<name>">, HelpText<"undefine a macro">;
def std_EQ : Either<"std=", KIND_JOINED>, Group<compile_Group>, MetaVarName<"<standard>">, HelpText<"language standard, for example c++17">;
def W_Joined : Plain<"W", KIND_JOINED>, Group<compile_Group>, MetaVarName<"<warning>">, HelpText<"warnings, as in Clang">;
def w : Plain<"w", KIND_FLAG>, Group<compile_Group>, HelpText<"no warnings">;
def pedantic : Either<"pedantic", KIND_FLAG>, Group<compile_Group>;
def pedantic_errors : Either<"pedantic-errors", KIND_FLAG>, Group<compile_Group>;
def isystem : Option<["-"], "isystem", KIND_JOINED_OR_SEPARATE>, Group<compile_Group>, MetaVarName<"<dir>">, HelpText<"look for system headers in <dir>">;
def iquote : Option<["-"], "iquote", KIND_JOINED_OR_SEPARATE>, Group<compile_Group>;
def idirafter : Option<["-"], "idirafter", KIND_JOINED_OR_SEPARATE>, Group<compile_Group>;
def include_ : Option<["-", "--"], "include", KIND_JOINED_OR_SEPARATE>, Group<compile_Group>, MetaVarName<"<file>">, HelpText<"include <file> first">;
def imacros : Option<["-", "--"], "imacros", KIND_JOINED_OR_SEPARATE>, Group<compile_Group>;
def nostdinc : Plain<"nostdinc", KIND_FLAG>, Group<compile_Group>;
def nostdincxx : Plain<"nostdinc++", KIND_FLAG>, Group<compile_Group>;
def f_Joined : Plain<"f", KIND_JOINED>, Group<both_Group>, MetaVarName<"<name>">, HelpText<"code generation, as in Clang: -fPIC, -ffast-math, ...">;
def m_Joined : Plain<"m", KIND_JOINED>, Group<both_Group>, MetaVarName<"<name>">, HelpText<"features of the host processor, as in Clang: -mavx2, ...">;
def stdlib_EQ : Either<"stdlib=", KIND_JOINED>, Group<both_Group>;
def R_Joined : Plain<"R", KIND_JOINED>, Group<compile_Group>, MetaVarName<"<name>">, HelpText<"remarks, as in Clang">;
def P : Plain<"P", KIND_FLAG>, Group<compile_Group>;
def C : Plain<"C", KIND_FLAG>, Group<compile_Group>;
def dM : Plain<"dM", KIND_FLAG>, Group<compile_Group>;
def dD : Plain<"dD", KIND_FLAG>, Group<compile_Group>;
def pipe : Either<"pipe", KIND_FLAG>;
def pthread : Either<"pthread", KIND_FLAG>, Group<both_Group>, HelpText<"compile and link for threads">;
def ansi : Either<"ansi", KIND_FLAG>, Group<compile_Group>;
def mllvm : Plain<"mllvm", KIND_SEPARATE>, MetaVarName<"<option>">, HelpText<"an option of LLVM's own">;

// The link.
def L : Option<["-"], "L", KIND_JOINED_OR_SEPARATE>, Group<link_Group>, MetaVarName<"<dir>">, HelpText<"look for libraries in <dir>">;
def l : Option<["-"], "l", KIND_JOINED_OR_SEPARATE>, Group<link_Group>, MetaVarName<"<name>">, HelpText<"link library <name>">;
def shared : Either<"shared", KIND_FLAG>, HelpText<"link a shared library">;
def static : Either<"static", KIND_FLAG>, Group<link_Group>;
def rdynamic : Either<"rdynamic", KIND_FLAG>, Group<link_Group>;
def pie : Either<"pie", KIND_FLAG>, Group<link_Group>;
def no_pie : Either<"no-pie", KIND_FLAG>, Group<link_Group>;
def nostdlib : Either<"nostdlib", KIND_FLAG>, Group<link_Group>;
def nodefaultlibs : Either<"nodefaultlibs", KIND_FLAG>, Group<link_Group>;
def s : Plain<"s", KIND_FLAG>, Group<link_Group>;
def r : Plain<"r", KIND_FLAG>, Group<link_Group>;
def u : Option<["-"], "u", KIND_JOINED_OR_SEPARATE>, Group<link_Group>;
def T : Option<["-"], "T", KIND_JOINED_OR_SEPARATE>, Group<link_Group>;
def Wl : CommaJoinedOption<"Wl,">, Group<link_Group>, MetaVarName<"<arg>">, HelpText<"hand <arg> to the linker">;
def Wp : CommaJoinedOption<"Wp,">, Group<compile_Group>;
def Wa : CommaJoinedOption<"Wa,">, Group<compile_Group>;
def Xlinker : Plain<"Xlinker", KIND_SEPARATE>, Group<link_Group>;

// The driver itself.
def v : Plain<"v", KIND_FLAG>, HelpText<"show each step">;
def hash_hash_hash : Plain<"###", KIND_FLAG>, HelpText<"show each step, run none">;
def version : Own<"version", KIND_FLAG>, HelpText<"print the version">;
def help : Own<"help", KIND_FLAG>, HelpText<"print this">;
def : Plain<"h", KIND_FLAG>, Alias<help>;
def dumpversion : Plain<"dumpversion", KIND_FLAG>, HelpText<"print only the version number">;
def print_supported_archs : Own<"print-supported-archs", KIND_FLAG>, HelpText<"list the archs">;

// Seen in build files for cards; nothing here depends on them.
def neuware_path : Own<"neuware-path=", KIND_JOINED>, Group<vendor_Group>;
def no_neuware_version_check : Own<"no-neuware-version-check", KIND_FLAG>, Group<vendor_Group>;
def Xbang_cnas : Own<"Xbang-cnas", KIND_SEPARATE>, Group<vendor_Group>;
def fbang_instrument_kernels : Plain<"fbang-instrument-kernels", KIND_FLAG>, Group<vendor_Group>;
def bang_wram_align : Own<"bang-wram-align64", KIND_FLAG>, Group<vendor_Group>;
def target_EQ : Own<"target=", KIND_JOINED>, Group<vendor_Group>;
def bang_any : Own<"bang-", KIND_JOINED>;
