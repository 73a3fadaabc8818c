// RUN: %bang-opt %s --bang-to-dlp -verify-diagnostics
llvm.func @wide(%f: !llvm.ptr, %w: i128) {
  // expected-error@+1 {{argument 1 of __bang_printf after the format is neither a number of up to 64 bits nor a pointer; print its parts}}
  %n = bang.printf %f, %w : i128
  llvm.return
}
