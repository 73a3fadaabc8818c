# openbangConfig.cmake: find_package(openbang) gives the libraries openbang::cnrt and openbang::bangops and makes the language BANG known, so
# that enable_language(BANG) works afterwards.
get_filename_component(OPENBANG_ROOT "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
list(APPEND CMAKE_MODULE_PATH ${OPENBANG_ROOT}/cmake/modules)
if(NOT TARGET openbang::cnrt)
  add_library(openbang::cnrt SHARED IMPORTED)
  set_target_properties(openbang::cnrt PROPERTIES
    IMPORTED_LOCATION ${OPENBANG_ROOT}/lib64/libcnrt.so
    INTERFACE_INCLUDE_DIRECTORIES ${OPENBANG_ROOT}/include)
endif()
if(NOT TARGET openbang::bangops)
  add_library(openbang::bangops SHARED IMPORTED)
  set_target_properties(openbang::bangops PROPERTIES
    IMPORTED_LOCATION ${OPENBANG_ROOT}/lib64/libbangops.so
    INTERFACE_LINK_LIBRARIES openbang::cnrt
    INTERFACE_INCLUDE_DIRECTORIES ${OPENBANG_ROOT}/include)
endif()
