# lit.cfg.py: how text tests find tools. Run through `ninja check-lit` or lit on a folder of the build tree's test/.
import os
import shutil

import lit.formats

config.name = "openbang"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlu", ".mlir", ".ll", ".s", ".td", ".test"]
config.excludes = ["Inputs", "Unit", "Fuzz"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.build_root, "test")

bin_dir = os.path.join(config.build_root, "bin")
path = [bin_dir, os.path.join(config.llvm_root, "bin"), os.environ.get("PATH", "")]
config.environment["PATH"] = os.pathsep.join(path)
# Tests see no machine, tool or limit of the user's shell. With BANG_JIT=eager they run translated code.
config.environment["BANG_MACHINE"] = ""
config.environment["LLVM_ROOT"] = config.llvm_root
for name in ("UBSAN_OPTIONS", "CCACHE_DIR", "HOME", "OPENBANG_LONG", "BANG_JIT"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
if config.sanitize:
    config.available_features.add("sanitizer")
    config.environment["ASAN_OPTIONS"] = config.asan_options

config.substitutions.append(("%bangcc", os.path.join(bin_dir, "bangcc")))
if shutil.which("mpirun"):
    config.available_features.add("mpirun")
# The sanitizers' runtime comes from bangcc alone; an installed tree is used by other compilers.
if not config.sanitize:
    config.available_features.add("install")
for tool in ("bang-opt", "bang-tblgen", "dlp-run", "dlp-as", "dlp-objdump", "dlp-llc"):
    config.substitutions.append(("%" + tool, os.path.join(bin_dir, tool)))
matrix = f"-I {config.source_root} -L {config.build_root}/lib64 -lbang_matrix -Wl,-rpath,{config.build_root}/lib64"
# What scripts/packages-torch.txt installs
if all(os.path.exists(path) for path in ("/usr/lib/python3/dist-packages/torch/__init__.py", "/usr/include/torch/library.h",
                                         "/usr/lib/python3/dist-packages/PIL/__init__.py")):
    config.available_features.add("torch")
if shutil.which("chromium"):
    config.available_features.add("chromium")
config.substitutions.append(("%matrix", matrix))  # what a generated execution test compiles and links with
config.substitutions.append(("%source_root", config.source_root))
config.substitutions.append(("%build_root", config.build_root))
config.substitutions.append(("%llvm_root", config.llvm_root))
config.substitutions.append(("%python", config.python))
