# Install.cmake: the installed tree, laid out like NEUWARE_HOME: bin, include, lib64, lib, cmake/modules, version.txt.
#
# The build tree has the same layout, and every program finds its neighbours from its own place, so a tree may be moved.
include(GNUInstallDirs)
set(programs bangcc bang bang-console bang-lint bang-opt bang-tune dlp-as dlp-llc dlp-objdump dlp-run)
# LLVM's libraries are found where they were linked, ours beside the program.
set_target_properties(${programs} dlpsymbols dlpjit PROPERTIES INSTALL_RPATH "$ORIGIN/../lib64;${LLVM_LIBRARY_DIR}")
install(TARGETS ${programs} DESTINATION bin)
install(TARGETS cnrt dlpsymbols dlpjit DESTINATION lib64)
install(FILES ${CMAKE_BINARY_DIR}/lib64/openbang/libdlprt.a DESTINATION lib64/openbang)
install(DIRECTORY ${CMAKE_BINARY_DIR}/include/ DESTINATION include)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/simulator/machines/ DESTINATION share/openbang/machines FILES_MATCHING PATTERN *.json)
# In the build tree the list of builtins stands where an installed tree has it.
set(builtins ${CMAKE_BINARY_DIR}/generated/share/openbang/builtins.json)
add_custom_command(
  OUTPUT ${CMAKE_BINARY_DIR}/share/openbang/builtins.json
  COMMAND ${CMAKE_COMMAND} -E copy ${builtins} ${CMAKE_BINARY_DIR}/share/openbang/builtins.json
  DEPENDS ${builtins})
add_custom_target(bang_builtins_json ALL DEPENDS ${CMAKE_BINARY_DIR}/share/openbang/builtins.json)
add_dependencies(bang_builtins_json bang_builtins_generated)
install(FILES ${builtins} DESTINATION share/openbang)
install(DIRECTORY ${CMAKE_BINARY_DIR}/generated/docs/ DESTINATION share/doc/openbang FILES_MATCHING PATTERN *.md)
# Manual pages and completions of the other programs come from what they say with --help.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(pages "")
foreach(tool bangcc bang-opt dlp-as dlp-llc dlp-objdump dlp-run)
  set(manual ${CMAKE_BINARY_DIR}/share/man/man1/${tool}.1)
  set(completion ${CMAKE_BINARY_DIR}/share/bash-completion/completions/${tool})
  set(only "")
  if(tool STREQUAL bang-opt) # LLVM's own options are not worth a page
    set(only --only "--(bang-|raise-|dlp-|mlir-print-ir|pass-pipeline|show-dialects|split-input|verify-)|-o|--help$")
  endif()
  add_custom_command(
    OUTPUT ${manual} ${completion}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/tool_pages.py $<TARGET_FILE:${tool}> ${manual} ${completion}
            ${PROJECT_VERSION} ${only}
    DEPENDS ${tool} ${CMAKE_SOURCE_DIR}/cmake/tool_pages.py VERBATIM)
  list(APPEND pages ${manual} ${completion})
endforeach()
add_custom_target(tool_pages ALL DEPENDS ${pages})
install(DIRECTORY ${CMAKE_BINARY_DIR}/share/man ${CMAKE_BINARY_DIR}/share/bash-completion DESTINATION share)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION share/doc/openbang)

# What is installed, which is what a user needs: all but tests and fuzzers. scripts/build builds it.
add_custom_target(openbang_user)
add_dependencies(openbang_user ${programs} cnrt dlpsymbols dlpjit bangops bang_headers bang_builtins_json bang_pages bang_lldb
                 bang_prof_page dlp_machines dlp_device_runtime tool_pages bang_reference_pages bang_coverage_page)

# The names build files for cards link: the driver and management libraries are parts of libcnrt.
foreach(name cndrv cndev)
  file(WRITE ${CMAKE_BINARY_DIR}/lib64/lib${name}.so "/* part of libcnrt */\nINPUT(libcnrt.so)\n")
  install(FILES ${CMAKE_BINARY_DIR}/lib64/lib${name}.so DESTINATION lib64)
endforeach()
file(WRITE ${CMAKE_BINARY_DIR}/version.txt "openbang ${PROJECT_VERSION}\n")
install(FILES ${CMAKE_BINARY_DIR}/version.txt DESTINATION .)
install(CODE [[
  foreach(pair "bangcc;bin/cncc" "lib64;lib")
    list(GET pair 0 target)
    list(GET pair 1 link)
    file(CREATE_LINK ${target} "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/${link}" SYMBOLIC)
  endforeach()
]])

# For build systems: FindBANG, the language BANG, find_package(openbang), pkg-config.
install(DIRECTORY ${CMAKE_SOURCE_DIR}/cmake/modules/ DESTINATION cmake/modules)
install(FILES ${CMAKE_SOURCE_DIR}/cmake/openbangConfig.cmake DESTINATION lib64/cmake/openbang)
include(CMakePackageConfigHelpers)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/openbangConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/openbangConfigVersion.cmake DESTINATION lib64/cmake/openbang)
foreach(name bangops cnrt openbang)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/${name}.pc.in ${CMAKE_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${CMAKE_BINARY_DIR}/${name}.pc DESTINATION lib64/pkgconfig)
endforeach()
