# dlp-run refuses bad input with one sentence and exit code 1, and says how it is used.
# RUN: %dlp-as --link --kernel 'k(ptr)' %s -o %t.elf
# RUN: %dlp-run --help | FileCheck %s --check-prefix=HELP
# HELP: usage: dlp-run <image.elf> <kernel> [options]
# HELP: examples:
# RUN: not %dlp-run 2>&1 | FileCheck %s --check-prefix=NONE
# NONE: dlp-run: no device image given, see dlp-run --help
# RUN: not %dlp-run %t.none k 2>&1 | FileCheck %s --check-prefix=FILE
# FILE: dlp-run: cannot open {{.*}}: no such file
# RUN: not %dlp-run %s k 2>&1 | FileCheck %s --check-prefix=ELF
# ELF: not a device image: no ELF file
# RUN: not %dlp-run %t.elf k --colour 2>&1 | FileCheck %s --check-prefix=OPTION
# OPTION: dlp-run: unknown option '--colour', see dlp-run --help
# RUN: not %dlp-run %t.elf k --type union3 2>&1 | FileCheck %s --check-prefix=TYPE
# TYPE: dlp-run: --type is 'union3', expected block, union1, union2, union4, union8 or union16
# RUN: not %dlp-run %t.elf k --dim 1,x 2>&1 | FileCheck %s --check-prefix=DIM
# DIM: dlp-run: --dim is 'x', expected a whole number up to 4294967295
# RUN: not %dlp-run %t.elf k --arg in:%s 2>&1 | FileCheck %s --check-prefix=NPY
# NPY: dlp-run: cannot use {{.*}}: it is no .npy file
# RUN: not %dlp-run %t.elf k --machine mlu9 --arg null 2>&1 | FileCheck %s --check-prefix=MACHINE
# MACHINE: dlp-run: unknown machine 'mlu9', expected a path to a .json file or one of: arch322 edge mlu220 mlu270 mlu290 mlu370-m8 mlu370-x4 mlu370-x8 mlu590 nano
# RUN: env BANG_MACHINE=mlu9 not %dlp-run %t.elf k --arg null 2>&1 | FileCheck %s --check-prefix=ENV
# ENV: dlp-run: BANG_MACHINE: unknown machine 'mlu9'
# RUN: echo '{"name": "m"}' > %t.json
# RUN: not %dlp-run %t.elf k --machine %t.json --arg null 2>&1 | FileCheck %s --check-prefix=JSON
# JSON: dlp-run: machine file {{.*}}: 'title' is missing
# RUN: not %dlp-run %t.elf k --machine nano --arg out:%t.npy:shape=2000000000:dtype=float32 2>&1 | FileCheck %s --check-prefix=BIG
# BIG: the array does not fit in the device memory of machine nano
# RUN: not %dlp-run %t.elf k --arg out:%t.none/c.npy:shape=1:dtype=int8 2>&1 | FileCheck %s --check-prefix=WRITE
# WRITE: dlp-run: cannot write {{.*}}c.npy
  .text
  .globl k
k:
  exit
