// Barriers, waits, builtin variables, assertions.
// RUN: %bang-opt %s --bang-to-dlp | FileCheck %s

// CHECK-LABEL: @wait
llvm.func @wait(%a: i32, %text: !llvm.ptr) {
  // CHECK: dlp.sync{{$}}
  bang.sync
  // CHECK: dlp.sync.io
  bang.sync_io
  // CHECK: dlp.barrier.cluster{{$}}
  bang.sync_cluster
  // CHECK: dlp.barrier.all.ipu
  bang.sync_all_ipu
  // CHECK: dlp.sync.mask %{{.*}}, %{{.*}}
  bang.sync_mask %a, %a
  // CHECK: dlp.barrier.local
  bang.barrier_local %a, %a
  // CHECK: dlp.assert.fail %arg1, %arg1, %{{.*}}, %arg1
  bang.assert_fail %text, %text, %a, %text
  // CHECK: dlp.trap
  bang.trap %a
  llvm.return
}

// CHECK-LABEL: @variable
llvm.func @variable() -> i32 {
  // CHECK: %[[R:.*]] = dlp.csr "clusterId"
  // CHECK: llvm.trunc %[[R]] : i64 to i32
  %c = bang.sreg "clusterId"
  llvm.return %c : i32
}
