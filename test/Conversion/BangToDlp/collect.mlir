// Compaction: the number of elements is a result, a header, or dropped.
// RUN: %bang-opt %s --bang-to-dlp | FileCheck %s

// CHECK-LABEL: @filter
llvm.func @filter(%d: !llvm.ptr, %s: !llvm.ptr, %m: !llvm.ptr, %n: i32) -> i32 {
  // CHECK: %[[C:.*]] = dlp.vcollect "f16" %arg0, %arg1, %arg2, %{{.*}}
  // CHECK: %[[R:.*]] = llvm.trunc %[[C]]
  // CHECK: llvm.return %[[R]]
  %count = bang.filter "f16" %d, %s, %m, %n
  llvm.return %count : i32
}

// CHECK-LABEL: @collect
llvm.func @collect(%d: !llvm.ptr, %s: !llvm.ptr, %m: !llvm.ptr, %n: i32) {
  // CHECK: dlp.vcollect "f32" %arg0
  // CHECK-NOT: llvm.store
  bang.collect "f32" %d, %s, %m, %n
  llvm.return
}

// CHECK-LABEL: @select
llvm.func @select(%d: !llvm.ptr, %s: !llvm.ptr, %m: !llvm.ptr, %n: i32) {
  // CHECK: %[[E:.*]] = llvm.getelementptr %arg0[128] : (!llvm.ptr) -> !llvm.ptr, i8
  // CHECK: %[[C:.*]] = dlp.vcollect "f32" %[[E]], %arg1, %arg2
  // CHECK: %[[N:.*]] = llvm.trunc %[[C]] : i64 to i32
  // CHECK: llvm.store %[[N]], %arg0 : i32
  bang.select "f32" %d, %s, %m, %n
  llvm.return
}
