; What a core cannot give: thread-local variables, code before the kernel.
; RUN: not %dlp-llc --filetype=image --kernel k %s -o %t.elf 2>&1 | FileCheck %s

; CHECK: error: 'tls' is thread-local, but a core has no threads: make it a local variable
; CHECK: error: a device variable needs code to initialise it, but nothing runs before a kernel starts: give it a constant initialiser

@tls = thread_local global i32 0
@llvm.global_ctors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @init, ptr null }]

define void @init() {
  store volatile i32 1, ptr @tls
  ret void
}
define void @k() {
  store volatile i32 1, ptr @tls
  ret void
}
