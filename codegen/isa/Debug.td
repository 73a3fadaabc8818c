// Debug.td: what a kernel says to the host, and how it ends.
def PRINT : Insn<0xd0, "print", NoTypes, [Result<"written">, Rd<"format", "any">, Rd<"args", "any">, Val<"n">], Scalar,
                 "debug", "format n 64-bit argument words and print them on the host">;
def ASSERT_FAIL : Insn<0xd1, "assert.fail", NoTypes,
                       [Rd<"expr", "any">, Rd<"file", "any">, Val<"line">, Rd<"func", "any">], Scalar, "debug",
                       "report a failed assertion and stop the kernel">;
def TRAP : Insn<0xd2, "trap", NoTypes, [Val<"code">], Scalar, "debug", "stop the kernel with a fault">;
def EXIT : Insn<0xd3, "exit", NoTypes, [], Scalar, "debug", "end of the task on this core">;
