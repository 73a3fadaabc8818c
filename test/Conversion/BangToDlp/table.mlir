// Rows that name their instruction: one operation, one instruction, operands by name.
// RUN: %bang-opt %s --bang-to-dlp | FileCheck %s

// CHECK-LABEL: @vector
// CHECK-SAME: %[[D:.*]]: !llvm.ptr, %[[A:.*]]: !llvm.ptr, %[[B:.*]]: !llvm.ptr, %[[N:.*]]: i32
llvm.func @vector(%d: !llvm.ptr, %a: !llvm.ptr, %b: !llvm.ptr, %n: i32) {
  // Counts are unsigned.
  // CHECK: %[[N64:.*]] = llvm.zext %[[N]] : i32 to i64
  // CHECK: dlp.vadd "f16" %[[D]], %[[A]], %[[B]], %[[N64]]
  bang.add "f16" %d, %a, %b, %n
  // CHECK: dlp.vadd.cy "f32" %[[D]], %[[A]], %[[B]], %{{.*}}, %{{.*}}
  bang.cycle_add "f32" %d, %a, %b, %n, %n
  // Constants are extended at once.
  // CHECK: %[[C:.*]] = llvm.mlir.constant(64 : i64) : i64
  // CHECK: dlp.vexp "f16" %[[D]], %[[A]], %[[C]]
  %c = llvm.mlir.constant(64 : i32) : i32
  bang.active_exp "f16" %d, %a, %c
  // CHECK: dlp.vtrans "b16" %[[D]], %[[A]], %{{.*}}, %{{.*}}
  bang.transpose "b16" %d, %a, %n, %c
  llvm.return
}

// Values travel as bits of their type, zero-extended.
// CHECK-LABEL: @values
llvm.func @values(%d: !llvm.ptr, %n: i32, %h: f16, %b: bf16, %f: f32, %i: i8) {
  // CHECK: %[[BITS:.*]] = llvm.bitcast %arg2 : f16 to i16
  // CHECK: %[[H:.*]] = llvm.zext %[[BITS]] : i16 to i64
  // CHECK: dlp.vadd.vs "f16" %arg0, %arg0, %[[H]], %{{.*}}
  bang.add_scalar "f16" %d, %d, %h, %n : f16
  // CHECK: llvm.bitcast %arg3 : bf16 to i16
  // CHECK: dlp.vmul.vs "bf16"
  bang.mul_scalar "bf16" %d, %d, %b, %n : bf16
  // CHECK: llvm.bitcast %arg4 : f32 to i32
  // CHECK: dlp.vset "b32" %arg0, %{{.*}}, %{{.*}}
  bang.write_value "b32" %d, %n, %f : f32
  // CHECK: dlp.vmax.vs "i8"
  bang.maxeq_scalar "i8" %d, %d, %i, %n : i8
  // A constant value: half 1.0 is 0x3c00.
  // CHECK: llvm.mlir.constant(15360 : i64)
  // CHECK: dlp.vset "b16"
  %one = llvm.mlir.constant(1.0 : f16) : f16
  bang.write_value "b16" %d, %n, %one : f16
  llvm.return
}

// Operands the operation has not are zero.
// CHECK-LABEL: @absent
llvm.func @absent(%d: !llvm.ptr, %n: i32, %pos: i32) {
  // CHECK: %[[ZERO:.*]] = llvm.mlir.constant(0 : i64)
  // CHECK: dlp.vset "b16" %arg0, %[[ZERO]], %{{.*}}
  bang.write_zero "b16" %d, %n
  // Fixed-point positions are signed.
  // CHECK: llvm.sext %arg2
  // CHECK: dlp.vcvt "i8.f16.rd"
  bang.convert "i8.f16.rd" %d, %d, %n, %pos, %pos
  llvm.return
}

// CHECK-LABEL: @results
llvm.func @results(%a: !llvm.ptr, %n: i32) -> f16 {
  // CHECK: %[[R:.*]] = dlp.vsum "f16"
  // CHECK: %[[T:.*]] = llvm.trunc %[[R]] : i64 to i16
  // CHECK: %[[S:.*]] = llvm.bitcast %[[T]] : i16 to f16
  %s = bang.sum "f16" %a, %n : f16
  // CHECK: %[[C:.*]] = dlp.vcount "f16"
  // CHECK: llvm.trunc %[[C]] : i64 to i32
  %c = bang.count "f16" %a, %n
  // CHECK: llvm.return %[[S]]
  llvm.return %s : f16
}
