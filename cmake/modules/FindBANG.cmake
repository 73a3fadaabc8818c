# FindBANG.cmake: find_package(BANG) for build files written for cards.
#
# Looks for the tree in NEUWARE_ROOT_DIR, NEUWARE_HOME (variable or environment), the tree this file belongs to, PATH.
# Results:   BANG_FOUND, BANG_CNCC_EXECUTABLE (also BANG_CNCC), NEUWARE_ROOT_DIR, NEUWARE_PATH, BANG_INCLUDE_DIRS,
#            BANG_LIBRARIES
# Read:      BANG_CNCC_FLAGS, BANG_CNCC_FLAGS_<CONFIG> (strings and lists may be mixed),
#            BANG_TARGET_CPU_ARCH (a triple; only the host's own is possible), BANG_GENERATED_OUTPUT_DIR,
#            BANG_BUILD_CNBIN (bang_compile writes device images), BANG_VERBOSE_BUILD
# Functions: bang_include_directories(dir...)
#            bang_add_library(target [STATIC|SHARED|MODULE] [EXCLUDE_FROM_ALL] source... [OPTIONS flag...])
#            bang_add_executable(target [EXCLUDE_FROM_ALL] source... [OPTIONS flag...])
#            bang_compile(variable source... [STATIC|SHARED|MODULE] [OPTIONS flag...])
#            bang_wrap_srcs(target OBJ|ASM|CNBIN|CNFATBIN variable source... [OPTIONS flag...])
# Only .mlu files go through bangcc; the other sources stay with their own compilers, whose flags are not handed over.

# Dependency files name their targets by whole paths, whatever version of CMake the project asks for.
if(POLICY CMP0116)
  cmake_policy(SET CMP0116 NEW)
endif()

get_filename_component(_bang_tree "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
find_program(BANG_CNCC_EXECUTABLE NAMES cncc bangcc
  HINTS ${NEUWARE_ROOT_DIR} ${NEUWARE_HOME} $ENV{NEUWARE_HOME} ${_bang_tree} PATH_SUFFIXES bin
  DOC "BANG C compiler")
mark_as_advanced(BANG_CNCC_EXECUTABLE)
set(BANG_CNCC ${BANG_CNCC_EXECUTABLE})
if(BANG_CNCC_EXECUTABLE)
  get_filename_component(_bang_bin "${BANG_CNCC_EXECUTABLE}" DIRECTORY)
  if(NOT NEUWARE_ROOT_DIR)
    get_filename_component(NEUWARE_ROOT_DIR "${_bang_bin}" DIRECTORY)
  endif()
  set(NEUWARE_PATH ${NEUWARE_ROOT_DIR})
  execute_process(COMMAND ${BANG_CNCC_EXECUTABLE} -dumpversion OUTPUT_VARIABLE BANG_VERSION
                  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
find_library(BANG_CNRT_LIBRARY cnrt HINTS ${NEUWARE_ROOT_DIR} PATH_SUFFIXES lib64 lib)
find_path(BANG_INCLUDE_DIR bang.h HINTS ${NEUWARE_ROOT_DIR} PATH_SUFFIXES include)
mark_as_advanced(BANG_CNRT_LIBRARY BANG_INCLUDE_DIR)
set(BANG_INCLUDE_DIRS ${BANG_INCLUDE_DIR})
set(BANG_LIBRARIES ${BANG_CNRT_LIBRARY})

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(BANG REQUIRED_VARS BANG_CNCC_EXECUTABLE BANG_CNRT_LIBRARY BANG_INCLUDE_DIR
                                  VERSION_VAR BANG_VERSION)

# Directories for kernels alone; those of include_directories() count too.
macro(bang_include_directories)
  foreach(_bang_dir ${ARGN})
    get_filename_component(_bang_dir "${_bang_dir}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
    list(APPEND BANG_CNCC_INCLUDE_DIRECTORIES "${_bang_dir}")
  endforeach()
endmacro()

# Splits what follows OPTIONS from the sources, and the words that say what kind of target is wanted.
macro(_bang_sort_arguments)
  cmake_parse_arguments(_bang "STATIC;SHARED;MODULE;EXCLUDE_FROM_ALL" "" "OPTIONS" ${ARGN})
  set(_bang_kind "")
  foreach(_bang_word STATIC SHARED MODULE)
    if(_bang_${_bang_word})
      set(_bang_kind ${_bang_word})
    endif()
  endforeach()
  set(_bang_excluded "")
  if(_bang_EXCLUDE_FROM_ALL)
    set(_bang_excluded EXCLUDE_FROM_ALL)
  endif()
endmacro()

# Flags as a list: callers write "-O3 -Wall" as one string as often as a list.
function(_bang_flags result)
  set(flags ${BANG_CNCC_FLAGS})
  string(TOUPPER "${CMAKE_BUILD_TYPE}" config)
  if(config)
    list(APPEND flags ${BANG_CNCC_FLAGS_${config}})
  endif()
  set(words "")
  foreach(flag ${flags} ${ARGN})
    separate_arguments(parts UNIX_COMMAND "${flag}")
    list(APPEND words ${parts})
  endforeach()
  if(BANG_TARGET_CPU_ARCH)
    list(APPEND words --target=${BANG_TARGET_CPU_ARCH})
  endif()
  set(${result} ${words} PARENT_SCOPE)
endfunction()

# One command for each .mlu source; the results are written to `outvar`. `owner` is a target whose include directories
# and definitions apply too, or empty.
function(_bang_commands owner format pic outvar)
  cmake_parse_arguments(arg "" "" "SOURCES;OPTIONS" ${ARGN})
  set(step_OBJ -c)
  set(end_OBJ .o)
  set(step_ASM -mlisa)
  set(end_ASM .mlisa)
  set(step_CNBIN -cnbin)
  set(end_CNBIN .cnbin)
  set(step_CNFATBIN -cnfatbin)
  set(end_CNFATBIN .cnfatbin)
  if(NOT DEFINED step_${format})
    message(FATAL_ERROR "bang_wrap_srcs: unknown format '${format}', expected OBJ, ASM, CNBIN or CNFATBIN")
  endif()
  _bang_flags(flags ${arg_OPTIONS})
  if(pic)
    list(APPEND flags -fPIC)
  endif()

  get_directory_property(directories INCLUDE_DIRECTORIES)
  get_directory_property(definitions COMPILE_DEFINITIONS)
  list(APPEND directories ${BANG_CNCC_INCLUDE_DIRECTORIES})
  set(own_directories "")
  set(own_definitions "")
  if(owner)
    set(own_directories "$<TARGET_PROPERTY:${owner},INCLUDE_DIRECTORIES>")
    set(own_definitions "$<TARGET_PROPERTY:${owner},COMPILE_DEFINITIONS>")
    set(own_directories "$<$<BOOL:${own_directories}>:-I$<JOIN:${own_directories},;-I>>")
    set(own_definitions "$<$<BOOL:${own_definitions}>:-D$<JOIN:${own_definitions},;-D>>")
  endif()
  list(TRANSFORM directories PREPEND -I)
  list(TRANSFORM definitions PREPEND -D)

  set(folder "${BANG_GENERATED_OUTPUT_DIR}")
  if(NOT folder)
    set(folder "${CMAKE_CURRENT_BINARY_DIR}${CMAKE_FILES_DIRECTORY}/bang/${owner}")
  endif()
  set(results "")
  foreach(source ${arg_SOURCES})
    get_filename_component(path "${source}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
    # Two sources of one name in different folders stay apart.
    file(RELATIVE_PATH name "${CMAKE_CURRENT_SOURCE_DIR}" "${path}")
    string(REPLACE ".." "up" name "${name}")
    set(result "${folder}/${name}${end_${format}}")
    get_filename_component(place "${result}" DIRECTORY)
    file(MAKE_DIRECTORY "${place}")
    set(depends "")
    if(format STREQUAL "OBJ")
      set(depends -MD -MT "${result}" -MF "${result}.d")
      set(depfile DEPFILE "${result}.d")
    else()
      set(depfile "")
    endif()
    set(verbose "")
    if(BANG_VERBOSE_BUILD)
      set(verbose -v)
    endif()
    add_custom_command(
      OUTPUT "${result}"
      COMMAND ${BANG_CNCC_EXECUTABLE} "${path}" ${step_${format}} -o "${result}" -DCNCC ${definitions} "${own_definitions}"
              ${directories} "${own_directories}" ${flags} ${verbose} ${depends}
      DEPENDS "${path}" ${depfile}
      COMMENT "Building BANG file ${name}"
      COMMAND_EXPAND_LISTS VERBATIM)
    list(APPEND results "${result}")
  endforeach()
  set(${outvar} ${results} PARENT_SCOPE)
endfunction()

# Objects for the .mlu among the sources, the other sources as they are.
function(_bang_split outvar restvar)
  set(kernels ${ARGN})
  set(rest ${ARGN})
  list(FILTER kernels INCLUDE REGEX "\\.mlu$")
  list(FILTER rest EXCLUDE REGEX "\\.mlu$")
  set(${outvar} ${kernels} PARENT_SCOPE)
  set(${restvar} ${rest} PARENT_SCOPE)
endfunction()

function(bang_wrap_srcs target format outvar)
  _bang_sort_arguments(${ARGN})
  _bang_split(kernels rest ${_bang_UNPARSED_ARGUMENTS})
  set(owner "")
  if(TARGET ${target})
    set(owner ${target})
  endif()
  _bang_commands("${owner}" ${format} "${CMAKE_POSITION_INDEPENDENT_CODE}" results SOURCES ${kernels}
                 OPTIONS ${_bang_OPTIONS})
  set(${outvar} ${results} PARENT_SCOPE)
endfunction()

function(bang_compile outvar)
  _bang_sort_arguments(${ARGN})
  _bang_split(kernels rest ${_bang_UNPARSED_ARGUMENTS})
  set(format OBJ)
  if(BANG_BUILD_CNBIN)
    set(format CNBIN)
  endif()
  set(pic ${CMAKE_POSITION_INDEPENDENT_CODE})
  if(_bang_kind MATCHES "SHARED|MODULE")
    set(pic ON)
  endif()
  _bang_commands("" ${format} "${pic}" results SOURCES ${kernels} OPTIONS ${_bang_OPTIONS})
  set(${outvar} ${results} PARENT_SCOPE)
endfunction()

# What both kinds of targets share once they exist.
function(_bang_fill target pic kernels options)
  _bang_commands(${target} OBJ "${pic}" objects SOURCES ${kernels} OPTIONS ${options})
  set_source_files_properties(${objects} PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
  target_sources(${target} PRIVATE ${objects} ${kernels})
  set_source_files_properties(${kernels} PROPERTIES HEADER_FILE_ONLY TRUE)
  # A target of kernels alone has no language of its own.
  get_target_property(language ${target} LINKER_LANGUAGE)
  if(NOT language)
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  endif()
  target_include_directories(${target} PRIVATE ${BANG_INCLUDE_DIRS})
  target_link_libraries(${target} ${BANG_LIBRARIES})
endfunction()

function(bang_add_library target)
  _bang_sort_arguments(${ARGN})
  _bang_split(kernels rest ${_bang_UNPARSED_ARGUMENTS})
  add_library(${target} ${_bang_kind} ${_bang_excluded} ${rest})
  get_target_property(type ${target} TYPE)
  set(pic ${CMAKE_POSITION_INDEPENDENT_CODE})
  if(type MATCHES "SHARED|MODULE")
    set(pic ON)
  endif()
  _bang_fill(${target} "${pic}" "${kernels}" "${_bang_OPTIONS}")
endfunction()

function(bang_add_executable target)
  _bang_sort_arguments(${ARGN})
  _bang_split(kernels rest ${_bang_UNPARSED_ARGUMENTS})
  add_executable(${target} ${_bang_excluded} ${rest})
  # A program may be linked as position independent; code that fits there fits everywhere.
  _bang_fill(${target} ON "${kernels}" "${_bang_OPTIONS}")
endfunction()
