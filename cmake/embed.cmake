# YAML files built into a program, parsed by the build: they are EMBEDDED of src/main/load.h. The assembler takes the
# bytes in as they are; as an array in C they would take the compiler seconds.
#   embed(TARGET FILE …)
function(embed target)
  set(frozen_files "")
  set(bytes "/* Made by cmake/embed.cmake. */\n    .section .rodata\n")
  set(names "")
  set(entries "")
  set(i 0)
  foreach(file IN LISTS ARGN)
    set(frozen ${CMAKE_CURRENT_BINARY_DIR}/embedded_${i}.frozen)
    file(RELATIVE_PATH name ${PROJECT_SOURCE_DIR} ${file})
    add_custom_command(
      OUTPUT ${frozen}
      COMMAND longtu_freeze ${file} ${frozen}
      DEPENDS longtu_freeze ${file}
      VERBATIM)
    string(APPEND bytes "    .balign 16\n    .globl FROZEN_${i}\nFROZEN_${i}:\n    .incbin \"${frozen}\"\n"
                        "    .globl BEHIND_${i}\nBEHIND_${i}:\n    .byte 0\n")
    string(APPEND names "extern const char FROZEN_${i}[], BEHIND_${i}[];\n")
    string(APPEND entries "    {\"${name}\", FROZEN_${i}, BEHIND_${i}},\n")
    list(APPEND frozen_files ${frozen})
    math(EXPR i "${i} + 1")
  endforeach()
  string(APPEND bytes "    .section .note.GNU-stack, \"\", %progbits\n")
  file(CONFIGURE OUTPUT embedded.S CONTENT "${bytes}" @ONLY)
  file(CONFIGURE OUTPUT embedded.c @ONLY CONTENT
    "/* Made by cmake/embed.cmake: files built into the program. */\n#include \"main/load.h\"\n\n${names}\nconst Embedded EMBEDDED[] = {\n${entries}};\nconst size_t N_EMBEDDED = ${i};\n")
  set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/embedded.S PROPERTIES OBJECT_DEPENDS "${frozen_files}")
  add_library(${target}_bytes OBJECT ${CMAKE_CURRENT_BINARY_DIR}/embedded.S) # without the options for C
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded.c $<TARGET_OBJECTS:${target}_bytes>)
endfunction()
