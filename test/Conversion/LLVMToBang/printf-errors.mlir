// RUN: %bang-opt %s --raise-bang -verify-diagnostics
llvm.func @bang.printf(!llvm.ptr, ...) -> i32
llvm.func @too_many(%f: !llvm.ptr, %i: i32) {
  // expected-error@+1 {{__bang_printf has 17 arguments after the format, but at most 16 can be printed; split it into several calls}}
  %n = llvm.call @bang.printf(%f, %i, %i, %i, %i, %i, %i, %i, %i, %i, %i, %i, %i, %i, %i, %i, %i, %i) vararg(!llvm.func<i32 (ptr, ...)>) : (!llvm.ptr, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> i32
  llvm.return
}
