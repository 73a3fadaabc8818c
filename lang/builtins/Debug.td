// Debug.td: __bang_printf is variadic and declared in bang.h; its operation is written by hand (BangOps.td).
def OP_ASSERT_FAIL : BangOperation<"assert_fail", Untyped, [Text<"expr">, Text<"file">, UInt<"line">, Text<"func">],
                        "reports a failed assertion and stops the kernel"> {
  let Insn = "assert.fail";
  let Zh = "报告断言失败并停止 kernel";
}
def BI_ASSERT_FAIL : Builtin<"__assert_fail", OP_ASSERT_FAIL>;
def OP_TRAP : BangOperation<"trap", Untyped, [UInt<"code">], "stops the kernel with a fault"> {
  let Insn = "trap";
  let Zh = "以错误停止 kernel";
}
def BI_TRAP : Builtin<"__bang_trap", OP_TRAP>;
