// Every shape of operation parses, prints and parses again.
// RUN: %bang-opt %s | %bang-opt | FileCheck %s

// CHECK-LABEL: @shapes
llvm.func @shapes(%d: !llvm.ptr, %a: !llvm.ptr, %b: !llvm.ptr, %n: i32, %h: f16, %x: f32, %i: i8) {
  // CHECK: bang.add "f16" %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}
  bang.add "f16" %d, %a, %b, %n
  // CHECK: bang.add_scalar "f16" %{{.*}} : f16
  bang.add_scalar "f16" %d, %a, %h, %n : f16
  // CHECK: bang.write_value "b32" %{{.*}} : f32
  bang.write_value "b32" %d, %n, %x : f32
  // CHECK: bang.write_value "b8" %{{.*}} : i8
  bang.write_value "b8" %d, %n, %i : i8
  // CHECK: bang.convert "f16.f32.rn"
  bang.convert "f16.f32.rn" %d, %a, %n, %n, %n
  // CHECK: bang.sum "f32" %{{.*}}, %{{.*}} : f32
  %sum = bang.sum "f32" %a, %n : f32
  // CHECK: bang.count "f16" %{{.*}}, %{{[a-z0-9]+}}{{$}}
  %count = bang.count "f16" %a, %n
  // CHECK: bang.memcpy %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}
  bang.memcpy %d, %a, %n, %n
  // CHECK: bang.sync{{$}}
  bang.sync
  llvm.return
}

// CHECK-LABEL: @handwritten
llvm.func @handwritten(%format: !llvm.ptr, %n: i64) -> i32 {
  // CHECK: bang.sreg "taskId"
  %task = bang.sreg "taskId"
  // CHECK: bang.printf %{{.*}}, %{{.*}}, %{{.*}} : i32, i64
  %some = bang.printf %format, %task, %n : i32, i64
  // CHECK: bang.printf %{{[a-z0-9]+}}{{$}}
  %none = bang.printf %format
  llvm.return %some : i32
}

