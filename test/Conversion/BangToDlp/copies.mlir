// A constant direction chooses the instruction; any other is left to the machine.
// RUN: %bang-opt %s --bang-to-dlp | FileCheck %s

// CHECK-LABEL: @one_dimension
llvm.func @one_dimension(%d: !llvm.ptr, %s: !llvm.ptr, %n: i32) {
  // CHECK: dlp.ld "nram.gdram" %arg0, %arg1, %{{.*}}
  %gdram2nram = llvm.mlir.constant(0 : i32) : i32
  bang.memcpy %d, %s, %n, %gdram2nram
  // CHECK: dlp.st "gdram.nram"
  %nram2gdram = llvm.mlir.constant(1 : i32) : i32
  bang.memcpy %d, %s, %n, %nram2gdram
  // CHECK: dlp.ld "wram.ldram"
  %ldram2wram = llvm.mlir.constant(6 : i32) : i32
  bang.memcpy %d, %s, %n, %ldram2wram
  // CHECK: dlp.ld "sram.gdram"
  %gdram2sram = llvm.mlir.constant(11 : i32) : i32
  bang.memcpy %d, %s, %n, %gdram2sram
  // CHECK: dlp.mv "nram.sram"
  %sram2nram = llvm.mlir.constant(15 : i32) : i32
  bang.memcpy %d, %s, %n, %sram2nram
  // CHECK: dlp.cp "ldram.gdram"
  %gdram2ldram = llvm.mlir.constant(20 : i32) : i32
  bang.memcpy %d, %s, %n, %gdram2ldram
  // CHECK: dlp.mv "sram.sram"
  %sram2sram = llvm.mlir.constant(23 : i32) : i32
  bang.memcpy %d, %s, %n, %sram2sram
  llvm.return
}

// Inside NRAM the compute queue copies, synchronous or not.
// CHECK-LABEL: @inside_nram
llvm.func @inside_nram(%d: !llvm.ptr, %s: !llvm.ptr, %n: i32) {
  %nram2nram = llvm.mlir.constant(8 : i32) : i32
  // CHECK: dlp.vmove "b8" %arg0, %arg1, %{{.*}}
  bang.memcpy %d, %s, %n, %nram2nram
  // CHECK: dlp.vmove "b8"
  bang.memcpy_async %d, %s, %n, %nram2nram
  // CHECK: dlp.vmove "b8"
  bang.move %d, %s, %n
  // CHECK: dlp.mv.2d "nram.nram"
  bang.memcpy_2d %d, %s, %n, %nram2nram, %n, %n, %n
  llvm.return
}

// CHECK-LABEL: @forms
llvm.func @forms(%d: !llvm.ptr, %s: !llvm.ptr, %n: i32) {
  %gdram2nram = llvm.mlir.constant(0 : i32) : i32
  // CHECK: dlp.ld.async "nram.gdram"
  bang.memcpy_async %d, %s, %n, %gdram2nram
  // Destination strides and counts are unsigned, source strides are signed.
  // CHECK: %[[BYTES:.*]] = llvm.zext %arg2
  // CHECK: %[[DST:.*]] = llvm.zext %arg2
  // CHECK: %[[SRC:.*]] = llvm.sext %arg2
  // CHECK: %[[NUM:.*]] = llvm.zext %arg2
  // CHECK: dlp.ld.2d "nram.gdram" %arg0, %arg1, %[[BYTES]], %[[DST]], %[[SRC]], %[[NUM]]
  bang.memcpy_2d %d, %s, %n, %gdram2nram, %n, %n, %n
  // CHECK: dlp.ld.async.2d "nram.gdram"
  bang.memcpy_async_2d %d, %s, %n, %gdram2nram, %n, %n, %n
  // CHECK: dlp.ld.4d "nram.gdram"
  bang.memcpy_4d %d, %s, %n, %gdram2nram, %n, %n, %n, %n, %n, %n, %n, %n
  // CHECK: dlp.ld.async.4d "nram.gdram"
  bang.memcpy_async_4d %d, %s, %n, %gdram2nram, %n, %n, %n, %n, %n, %n, %n, %n
  llvm.return
}

// CHECK-LABEL: @unknown_direction
llvm.func @unknown_direction(%d: !llvm.ptr, %s: !llvm.ptr, %n: i32, %dir: i32) {
  // CHECK: %[[DIR:.*]] = llvm.zext %arg3 : i32 to i64
  // CHECK: dlp.dma %arg0, %arg1, %{{.*}}, %[[DIR]]
  bang.memcpy %d, %s, %n, %dir
  // CHECK: dlp.dma.async.2d
  bang.memcpy_async_2d %d, %s, %n, %dir, %n, %n, %n
  llvm.return
}

// CHECK-LABEL: @cluster
llvm.func @cluster(%d: !llvm.ptr, %s: !llvm.ptr, %n: i32, %to: i32) {
  %sram2sram = llvm.mlir.constant(23 : i32) : i32
  // CHECK: %[[TO:.*]] = llvm.zext %arg3 : i32 to i64
  // CHECK: dlp.mv.cluster "sram.sram" %arg0, %arg1, %{{.*}}, %[[TO]]
  bang.memcpy_cluster %d, %s, %n, %sram2sram, %to
  llvm.return
}
