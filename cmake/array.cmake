# Writes small files as arrays of bytes in C:
#   cmake -DFILES=a|b -DROOT=… -DHEADER=… -DTYPE=… -DNAME=… -DOUTPUT=… -P array.cmake
# The list is `const TYPE NAME[]` with its length N_NAME, as HEADER declares it: name, bytes, length.
string(REPLACE "|" ";" FILES "${FILES}")
set(ARRAYS "")
set(ENTRIES "")
set(I 0)
foreach(FILE IN LISTS FILES)
  file(READ ${FILE} HEX HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," BYTES "${HEX}")
  file(RELATIVE_PATH PATH ${ROOT} ${FILE})
  string(APPEND ARRAYS "static const unsigned char FILE_${I}[] = {${BYTES}};\n")
  string(APPEND ENTRIES "    {\"${PATH}\", FILE_${I}, sizeof FILE_${I}},\n")
  math(EXPR I "${I} + 1")
endforeach()
file(WRITE ${OUTPUT} "/* Made by cmake/array.cmake. */\n#include \"${HEADER}\"\n\n${ARRAYS}\nconst ${TYPE} ${NAME}[] = {\n${ENTRIES}};\nconst size_t N_${NAME} = ${I};\n")
