# MakeLibrary.cmake: merges the scalar runtime library into one archive without debug information.
#
# picolibc keeps the math functions (members libm_*) in libc.a too. Their one variable, lgamma's sign, is ours
# (Support.c), and so is memcpy: picolibc's goes byte by byte, which each kernel with a structure as its parameter would
# pay for. Of the rest only memory, string, integer and search functions are taken: the others (streams, files,
# allocation, errno) need an operating system or thread-local storage, which a core does not have; using one is a link
# error that names it.
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
get_filename_component(dir ${OUTPUT} DIRECTORY)
file(MAKE_DIRECTORY ${dir})

function(run)
  execute_process(${ARGV} RESULT_VARIABLE status ERROR_VARIABLE text)
  if(status)
    message(FATAL_ERROR "openbang: building the scalar runtime library failed: ${text}")
  endif()
endfunction()

execute_process(COMMAND ${AR} t ${PICOLIBC}/libc.a OUTPUT_VARIABLE members)
string(REPLACE "\n" ";" members "${members}")
set(functions memmove memset memcmp memchr strlen strnlen strcmp strncmp strcpy strncpy strcat strchr strrchr
    strstr abs labs llabs imaxabs div ldiv lldiv qsort bsearch)
# File names of members: libc_string_memcmp.c.o, memcpy-asm.S.o, strlen.c.o
string(REPLACE ";" "|" alternatives "${functions}")
set(wanted)
foreach(member IN LISTS members)
  if(member MATCHES "^(libc_[a-z]+_)?(${alternatives})(-asm)?\\.(c|S)\\.o$" OR
     (member MATCHES "^libm_" AND NOT member MATCHES "signgam"))
    list(APPEND wanted ${member})
  endif()
endforeach()
run(COMMAND ${AR} x ${PICOLIBC}/libc.a ${wanted} WORKING_DIRECTORY ${WORK})

set(script "CREATE ${OUTPUT}.tmp\nADDMOD ${SUPPORT}\nADDLIB ${LIBGCC}\n")
foreach(member IN LISTS wanted)
  string(APPEND script "ADDMOD ${WORK}/${member}\n")
endforeach()
file(WRITE ${WORK}/script.mri "${script}SAVE\nEND\n")
run(COMMAND ${AR} -M INPUT_FILE ${WORK}/script.mri)
run(COMMAND ${OBJCOPY} --strip-debug ${OUTPUT}.tmp ${OUTPUT})
file(REMOVE ${OUTPUT}.tmp)
