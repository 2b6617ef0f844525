# A library of pkg_check_modules whose functions are found when they are called (src/base/late.h): late_NAME gives its
# headers and, as NAME_SONAME, the name that the loader knows the version by that was there when the program was built.
function(late name)
  list(GET ${name}_LINK_LIBRARIES 0 file)
  get_filename_component(file ${file} REALPATH)
  get_filename_component(file ${file} NAME)
  string(REGEX REPLACE "^(.*\\.so\\.[0-9]+).*$" "\\1" soname ${file})
  add_library(late_${name} INTERFACE)
  target_include_directories(late_${name} SYSTEM INTERFACE ${${name}_INCLUDE_DIRS})
  target_compile_definitions(late_${name} INTERFACE ${name}_SONAME="${soname}")
endfunction()
