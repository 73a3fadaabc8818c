# CMakeTestBANGCompiler.cmake: compiles a kernel once per build tree.
if(CMAKE_BANG_COMPILER_WORKS)
  return()
endif()
set(folder ${CMAKE_BINARY_DIR}${CMAKE_FILES_DIRECTORY}/BANGCompiler)
file(WRITE ${folder}/check.mlu "__mlu_global__ void check(int *p) { *p = taskId; }\nint main() {}\n")
execute_process(COMMAND ${CMAKE_BANG_COMPILER} ${folder}/check.mlu -o ${folder}/check RESULT_VARIABLE status
                OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "the compiler of the language BANG cannot compile a small kernel:\n${output}")
endif()
set(CMAKE_BANG_COMPILER_WORKS 1 CACHE INTERNAL "")
