; A function without a device definition is named, with the caller; nothing is written and no temporary file stays.
; RUN: rm -rf %t.elf %t.out %t.tmp
; RUN: mkdir -p %t.tmp
; RUN: not env TMPDIR=%t.tmp %dlp-llc -O2 --filetype=image --kernel k %s -o %t.elf 2>&1 | FileCheck %s
; RUN: not ls %t.elf
; RUN: rmdir %t.tmp

; CHECK: error: function 'helper(int)' is used by device code (in 'k') but has no device definition: define it in this file as a __mlu_func__ function
; CHECK-NOT: ld.lld

declare void @_Z6helperi(i32)
define void @k() {
  call void @_Z6helperi(i32 1)
  ret void
}
; Code no kernel reaches may call what it likes.
define void @unreached() {
  call void @nowhere()
  ret void
}
declare void @nowhere()
