// Every shape of instruction parses, prints and parses again.
// RUN: %bang-opt %s | %bang-opt | FileCheck %s

// CHECK-LABEL: @shapes
llvm.func @shapes(%d: !llvm.ptr, %a: !llvm.ptr, %n: i64) {
  // CHECK: dlp.vadd "f16" %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}
  dlp.vadd "f16" %d, %a, %a, %n
  // CHECK: dlp.vadd.vs "i8"
  dlp.vadd.vs "i8" %d, %a, %n, %n
  // CHECK: dlp.ld.async.2d "nram.gdram"
  dlp.ld.async.2d "nram.gdram" %d, %a, %n, %n, %n, %n
  // CHECK: dlp.set.2d "b16.sram"
  dlp.set.2d "b16.sram" %d, %n, %n, %n, %n
  // CHECK: %{{.*}} = dlp.vsum "f32"
  %sum = dlp.vsum "f32" %a, %n
  // CHECK: dlp.psum "f32" %{{(.*, ){12}.*}}
  dlp.psum "f32" %d, %a, %n, %n, %n, %n, %n, %n, %n, %n, %n, %n, %n
  // CHECK: dlp.barrier.cluster.ipu{{$}}
  dlp.barrier.cluster.ipu
  // CHECK: dlp.csr "taskId"
  %task = dlp.csr "taskId"
  llvm.return
}
