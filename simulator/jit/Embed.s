# Embed.s: Steps.cpp as bitcode, inside libdlpjit.so.
  .section .rodata
  .globl dlpStepsBegin, dlpStepsEnd
  .hidden dlpStepsBegin, dlpStepsEnd
  .balign 16
dlpStepsBegin:
  .incbin "steps.bc"
dlpStepsEnd:
  .section .note.GNU-stack,"",%progbits
