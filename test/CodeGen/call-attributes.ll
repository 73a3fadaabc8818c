; The declarations of named calls state exactly what the instructions do.
; RUN: %dlp-llc --named-call-attributes %s | FileCheck %s

; CHECK: declare void @dlp.vadd.f16(ptr writeonly captures(none), ptr readonly captures(none), ptr readonly captures(none), i64) #[[COMPUTE:[0-9]+]]
declare void @dlp.vadd.f16(ptr, ptr, ptr, i64)
; CHECK: declare i64 @dlp.vsum.f32(ptr readonly captures(none), i64) #[[REDUCE:[0-9]+]]
declare i64 @dlp.vsum.f32(ptr, i64)
; The far side of a copy is shared with other cores.
; CHECK: declare void @dlp.ld.nram.gdram(ptr writeonly, ptr readonly, i64) #[[COMPUTE]]
declare void @dlp.ld.nram.gdram(ptr, ptr, i64)
; Works on after the call: nothing may be assumed of its pointers.
; CHECK: declare void @dlp.ld.async.nram.gdram(ptr, ptr, i64) #[[ASYNC:[0-9]+]]
declare void @dlp.ld.async.nram.gdram(ptr, ptr, i64)
; The descriptor is read when the instruction issues.
; CHECK: declare void @dlp.ld.async.4d.nram.gdram(ptr, ptr, i64, ptr readonly captures(none)) #[[ASYNC]]
declare void @dlp.ld.async.4d.nram.gdram(ptr, ptr, i64, ptr)
; CHECK: declare void @dlp.sync() #[[SYNC:[0-9]+]]
declare void @dlp.sync()
; CHECK: declare void @dlp.barrier.cluster() #[[SYNC]]
declare void @dlp.barrier.cluster()
; CHECK: declare void @dlp.exit() #[[EXIT:[0-9]+]]
declare void @dlp.exit()
; CHECK: declare i64 @dlp.print(ptr, ptr, i64) #[[PRINT:[0-9]+]]
declare i64 @dlp.print(ptr, ptr, i64)
; CHECK: declare i64 @dlp.sreg.taskId() #[[SREG:[0-9]+]]
declare i64 @dlp.sreg.taskId()
; CHECK: declare void @elsewhere(ptr){{$}}
declare void @elsewhere(ptr)

; CHECK-DAG: attributes #[[COMPUTE]] = { nocallback nofree nosync nounwind willreturn memory(argmem: readwrite) }
; CHECK-DAG: attributes #[[REDUCE]] = { nocallback nofree nosync nounwind willreturn memory(argmem: read) }
; CHECK-DAG: attributes #[[ASYNC]] = { nocallback nofree nounwind willreturn }
; CHECK-DAG: attributes #[[SYNC]] = { nocallback nofree nounwind }
; CHECK-DAG: attributes #[[EXIT]] = { nocallback nofree noreturn nounwind }
; CHECK-DAG: attributes #[[PRINT]] = { nocallback nofree nosync nounwind willreturn memory(read, inaccessiblemem: readwrite) }
; CHECK-DAG: attributes #[[SREG]] = { nocallback nofree nosync nounwind speculatable willreturn memory(none) }
