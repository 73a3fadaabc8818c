# CMakeDetermineBANGCompiler.cmake: finds bangcc for project(... LANGUAGES BANG): CMAKE_BANG_COMPILER, the environment
# variable BANGCC, the tree this file belongs to, NEUWARE_HOME, PATH.
set(CMAKE_BANG_COMPILER_ENV_VAR "BANGCC")
if(NOT CMAKE_BANG_COMPILER AND NOT "$ENV{BANGCC}" STREQUAL "")
  set(CMAKE_BANG_COMPILER "$ENV{BANGCC}" CACHE FILEPATH "BANG C compiler")
endif()
find_program(CMAKE_BANG_COMPILER NAMES bangcc cncc
  HINTS "${CMAKE_CURRENT_LIST_DIR}/../../bin" "$ENV{NEUWARE_HOME}/bin" DOC "BANG C compiler")
mark_as_advanced(CMAKE_BANG_COMPILER)
if(NOT CMAKE_BANG_COMPILER)
  message(FATAL_ERROR "no bangcc found for the language BANG; set CMAKE_BANG_COMPILER, BANGCC or NEUWARE_HOME")
endif()
execute_process(COMMAND ${CMAKE_BANG_COMPILER} -dumpversion OUTPUT_VARIABLE CMAKE_BANG_COMPILER_VERSION
                OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE status ERROR_VARIABLE problem)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "the compiler of the language BANG does not run: ${CMAKE_BANG_COMPILER} -dumpversion: ${problem}")
endif()
set(CMAKE_BANG_COMPILER_ID "Openbang")
message(STATUS "The BANG compiler identification is ${CMAKE_BANG_COMPILER_ID} ${CMAKE_BANG_COMPILER_VERSION}")
configure_file(${CMAKE_CURRENT_LIST_DIR}/CMakeBANGCompiler.cmake.in
               ${CMAKE_PLATFORM_INFO_DIR}/CMakeBANGCompiler.cmake @ONLY)
