# Writes the manual pages (English, and Chinese under zh_CN) and the completion scripts:
# cmake -DLONGTU=… "-DVERBS=a;b" -DSHARE=… -P share.cmake
function(write_output file)
  execute_process(COMMAND ${LONGTU} ${ARGN} -o ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(MAKE_DIRECTORY ${SHARE}/man/man1 ${SHARE}/man/zh_CN/man1)
foreach(VERB IN LISTS VERBS)
  write_output(${SHARE}/man/man1/longtu-${VERB}.1 man ${VERB} --lang en)
  write_output(${SHARE}/man/zh_CN/man1/longtu-${VERB}.1 man ${VERB} --lang zh)
endforeach()
write_output(${SHARE}/longtu completion bash)
write_output(${SHARE}/_longtu completion zsh --lang en)
