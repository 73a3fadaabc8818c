# Openbang.cmake: build rules shared by all parts.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

# One tree for what a user runs: bin, include, lib as in an installed NEUWARE_HOME.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib64)
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)

find_program(OPENBANG_CCACHE ccache)
if(OPENBANG_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${OPENBANG_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${OPENBANG_CCACHE})
endif()

# Flags every target of ours takes.
add_library(openbang_options INTERFACE)
target_compile_options(openbang_options INTERFACE -Wall -Wextra -Wno-unused-parameter -ffp-contract=off)
target_include_directories(openbang_options INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
if(OPENBANG_ASSERTIONS)
  target_compile_options(openbang_options INTERFACE -UNDEBUG)
endif()
if(OPENBANG_SANITIZE)
  string(REPLACE ";" "," sanitizers "${OPENBANG_SANITIZE}")
  target_compile_options(openbang_options INTERFACE -fsanitize=${sanitizers} -fno-sanitize-recover=all
                                                   -fno-omit-frame-pointer)
  target_link_options(openbang_options INTERFACE -fsanitize=${sanitizers})
endif()

# LLVM's and MLIR's packaged libraries are built with RTTI and without exceptions.
add_library(openbang_llvm INTERFACE)
target_include_directories(openbang_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS}
                                                          ${CLANG_INCLUDE_DIRS})
target_compile_definitions(openbang_llvm INTERFACE ${LLVM_DEFINITIONS_LIST})
target_compile_options(openbang_llvm INTERFACE -fno-exceptions)
target_link_libraries(openbang_llvm INTERFACE LLVM)

# Common to the three rules below: arguments SOURCES... [LLVM] [LINK libs...] [DEPENDS targets...].
macro(openbang_target name scope)
  cmake_parse_arguments(arg "LLVM" "" "LINK;DEPENDS" ${ARGN})
  target_sources(${name} PRIVATE ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} ${scope} openbang_options ${arg_LINK})
  if(arg_LLVM)
    target_link_libraries(${name} ${scope} openbang_llvm)
  endif()
  if(arg_DEPENDS)
    add_dependencies(${name} ${arg_DEPENDS})
  endif()
endmacro()

# openbang_library(name SOURCES...): a static library.
function(openbang_library name)
  add_library(${name} STATIC)
  openbang_target(${name} PUBLIC ${ARGN})
endfunction()

# openbang_tool(name SOURCES...): an executable in bin/.
function(openbang_tool name)
  add_executable(${name})
  openbang_target(${name} PRIVATE ${ARGN})
endfunction()

# openbang_test(name SOURCES...): a GoogleTest program, registered with CTest.
function(openbang_test name)
  find_package(GTest REQUIRED)
  add_executable(${name})
  openbang_target(${name} PRIVATE ${ARGN})
  target_link_libraries(${name} PRIVATE GTest::gtest GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/unit)
  add_test(NAME ${name} COMMAND ${name})
endfunction()

# openbang_generate(output TABLE root.td BACKEND flag [INCLUDE dirs...]): run bang-tblgen; output is relative to
# ${CMAKE_BINARY_DIR}/generated.
function(openbang_generate output)
  cmake_parse_arguments(arg "" "TABLE;BACKEND" "INCLUDE" ${ARGN})
  set(path ${CMAKE_BINARY_DIR}/generated/${output})
  get_filename_component(dir ${path} DIRECTORY)
  file(MAKE_DIRECTORY ${dir})
  get_filename_component(tabledir ${arg_TABLE} DIRECTORY)
  file(GLOB inputs CONFIGURE_DEPENDS ${tabledir}/*.td)
  list(TRANSFORM arg_INCLUDE PREPEND -I)
  add_custom_command(
    OUTPUT ${path}
    COMMAND bang-tblgen --write-if-changed ${arg_BACKEND} -I ${tabledir} ${arg_INCLUDE} ${arg_TABLE} -o ${path}
    DEPENDS bang-tblgen ${inputs}
    COMMENT "Generating ${output}")
endfunction()
