// Calls of labels become operations; parameters a label leaves out are zero.
// RUN: %bang-opt %s --raise-bang | FileCheck %s

llvm.func @bang.add.f16(!llvm.ptr, !llvm.ptr, !llvm.ptr, i32)
llvm.func @bang.add_scalar.f32(!llvm.ptr, !llvm.ptr, f32, i32)
llvm.func @bang.sumpool.tiled.f32(!llvm.ptr, !llvm.ptr, i32, i32, i32, i32, i32)
llvm.func @bang.sumpool.dilated.f32(!llvm.ptr, !llvm.ptr, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32)
llvm.func @bang.matmul.float.f32.f32.f32(!llvm.ptr, !llvm.ptr, !llvm.ptr, i32, i32, i32)
llvm.func @bang.mlp.float.bias.f32.f32.f32(!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, i32, i32)
llvm.func @bang.convert.dpos.i8.f16.rd(!llvm.ptr, !llvm.ptr, i32, i32)
llvm.func @bang.convert.spos.f16.i8(!llvm.ptr, !llvm.ptr, i32, i32)
llvm.func @bang.sum.f16(!llvm.ptr, i32) -> f16
llvm.func @bang.sync()

// CHECK-LABEL: @table
// CHECK-SAME: %[[D:arg0]]: {{.*}}, %[[A:arg1]]: {{.*}}, %[[N:arg2]]: i32
llvm.func @table(%d: !llvm.ptr, %a: !llvm.ptr, %n: i32, %x: f32) -> f16 {
  // CHECK: bang.add "f16" %[[D]], %[[A]], %[[A]], %[[N]]
  llvm.call @bang.add.f16(%d, %a, %a, %n) : (!llvm.ptr, !llvm.ptr, !llvm.ptr, i32) -> ()
  // CHECK: bang.add_scalar "f32" %[[D]], %[[A]], %{{.*}}, %[[N]] : f32
  llvm.call @bang.add_scalar.f32(%d, %a, %x, %n) : (!llvm.ptr, !llvm.ptr, f32, i32) -> ()
  // CHECK: bang.sync
  llvm.call @bang.sync() : () -> ()
  // CHECK: %[[S:.*]] = bang.sum "f16" %[[A]], %[[N]] : f16
  %sum = llvm.call @bang.sum.f16(%a, %n) : (!llvm.ptr, i32) -> f16
  // CHECK: llvm.return %[[S]]
  llvm.return %sum : f16
}

// CHECK-LABEL: @missing_parameters
llvm.func @missing_parameters(%d: !llvm.ptr, %a: !llvm.ptr, %n: i32) {
  // CHECK: %[[SW:.*]] = llvm.mlir.constant(0 : i32)
  // CHECK: %[[SH:.*]] = llvm.mlir.constant(0 : i32)
  // CHECK: bang.sumpool "f32" %{{.*}}, %[[SW]], %[[SH]], %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}
  llvm.call @bang.sumpool.tiled.f32(%d, %a, %n, %n, %n, %n, %n)
    : (!llvm.ptr, !llvm.ptr, i32, i32, i32, i32, i32) -> ()
  // CHECK-NOT: constant
  // CHECK: bang.sumpool "f32"
  llvm.call @bang.sumpool.dilated.f32(%d, %a, %n, %n, %n, %n, %n, %n, %n, %n, %n, %n, %n)
    : (!llvm.ptr, !llvm.ptr, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> ()
  // A missing bias is the null address.
  // CHECK: %[[BIAS:.*]] = llvm.mlir.zero : !llvm.ptr
  // CHECK: bang.matmul "f32.f32.f32" %arg0, %arg1, %arg1, %[[BIAS]], %arg2, %arg2, %arg2, %{{.*}}
  llvm.call @bang.matmul.float.f32.f32.f32(%d, %a, %a, %n, %n, %n)
    : (!llvm.ptr, !llvm.ptr, !llvm.ptr, i32, i32, i32) -> ()
  llvm.return
}

// The C form has the bias before the weights, the operation behind them.
// CHECK-LABEL: @reordered
// CHECK: bang.mlp "f32.f32.f32" %arg0, %arg1, %arg3, %arg2
llvm.func @reordered(%d: !llvm.ptr, %s: !llvm.ptr, %bias: !llvm.ptr, %w: !llvm.ptr, %n: i32) {
  llvm.call @bang.mlp.float.bias.f32.f32.f32(%d, %s, %bias, %w, %n, %n)
    : (!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, i32, i32) -> ()
  llvm.return
}

// The position belongs to the destination or to the source.
// CHECK-LABEL: @positions
llvm.func @positions(%d: !llvm.ptr, %s: !llvm.ptr, %n: i32, %pos: i32) {
  // CHECK: %[[Z:.*]] = llvm.mlir.constant(0 : i32)
  // CHECK: bang.convert "i8.f16.rd" %arg0, %arg1, %arg2, %arg3, %[[Z]]
  llvm.call @bang.convert.dpos.i8.f16.rd(%d, %s, %n, %pos) : (!llvm.ptr, !llvm.ptr, i32, i32) -> ()
  // CHECK: %[[Z:.*]] = llvm.mlir.constant(0 : i32)
  // CHECK: bang.convert "f16.i8" %arg0, %arg1, %arg2, %[[Z]], %arg3
  llvm.call @bang.convert.spos.f16.i8(%d, %s, %n, %pos) : (!llvm.ptr, !llvm.ptr, i32, i32) -> ()
  llvm.return
}

// Nothing of the labels is left.
// CHECK-NOT: llvm.func @bang.
