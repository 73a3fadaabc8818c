// Operations that contradict their row are refused.
// RUN: %bang-opt %s -split-input-file -verify-diagnostics

llvm.func @unknown_overload(%d: !llvm.ptr, %n: i32) {
  // expected-error@+1 {{'bang.add' op has no overload 'f64'}}
  bang.add "f64" %d, %d, %d, %n
  llvm.return
}

// -----

llvm.func @overload_of_another_row(%d: !llvm.ptr, %n: i32) {
  // expected-error@+1 {{'bang.sqrt' op has no overload 'i8'}}
  bang.sqrt "i8" %d, %d, %n
  llvm.return
}

// -----

llvm.func @value_type(%d: !llvm.ptr, %n: i32, %x: f32) {
  // expected-error@+1 {{value has type 'f32', but its overload says f16}}
  bang.add_scalar "f16" %d, %d, %x, %n : f32
  llvm.return
}

// -----

llvm.func @value_width(%d: !llvm.ptr, %n: i32, %x: f32) {
  // expected-error@+1 {{value has type 'f32', but its overload says b16}}
  bang.write_value "b16" %d, %n, %x : f32
  llvm.return
}

// -----

llvm.func @value_kind(%d: !llvm.ptr, %n: i32, %x: bf16) {
  // expected-error@+1 {{value has type 'bf16', but its overload says f16}}
  bang.mul_scalar "f16" %d, %d, %x, %n : bf16
  llvm.return
}

// -----

llvm.func @result_type(%a: !llvm.ptr, %n: i32) {
  // expected-error@+1 {{result has type 'f16', but its overload says f32}}
  %sum = bang.sum "f32" %a, %n : f16
  llvm.return
}

// -----

llvm.func @count_is_i32(%d: !llvm.ptr, %n: i64) {
  // expected-error@+2 {{expects different type than prior uses: 'i32' vs 'i64'}}
  // expected-note@-2 {{prior use here}}
  bang.abs "f32" %d, %d, %n
  llvm.return
}

// -----

llvm.func @no_types(%d: !llvm.ptr, %n: i32) {
  // expected-error@+1 {{expected attribute value}}
  bang.abs %d, %d, %n
  llvm.return
}

// -----

llvm.func @unknown_variable() {
  // expected-error@+1 {{'bang.sreg' op names the unknown builtin variable 'taskIdW'}}
  %x = bang.sreg "taskIdW"
  llvm.return
}

// -----

llvm.func @unknown_operation() {
  // expected-error@+1 {{custom op 'bang.teleport' is unknown}}
  bang.teleport
  llvm.return
}
