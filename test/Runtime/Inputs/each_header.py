"""each_header.py INCLUDE WORK COMPILER FLAGS...: compiles one file per public header of libcnrt that includes just it."""
import os
import subprocess
import sys

include, work, *command = sys.argv[1:]
os.makedirs(work, exist_ok=True)
for header in ["cn_api.h", "cnrt.h", "cnrt_tables.h", "cnrt_types.h", "mlu.h"]:
    source = os.path.join(work, header + ".c")
    with open(source, "w") as file:
        # A macro body is only checked where it is used.
        uses = "void use(void) { CNRT_CHECK(cnrtSetDevice(0)); }\n" if header == "cnrt.h" else ""
        file.write(f"#include <{header}>\n{uses}")
    subprocess.run([*command, "-I", include, "-c", source, "-o", source + ".o"], check=True)
