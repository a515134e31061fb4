# cmake -DOUT=x.cpp -DROOT=dir -P embed.cmake -- FILES...: texts of the project as one source, so that `bgproof explain`
# works without the project beside it. Each is a raw string literal, so quotes and backslashes need no care.
set(body "")
set(taking OFF)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE ${last})
  set(argument "${CMAKE_ARGV${i}}")
  if(taking)
    file(RELATIVE_PATH path ${ROOT} ${argument})
    file(READ ${argument} text)
    # A literal may not be longer than 65,536 characters; neighbors are joined.
    string(LENGTH "${text}" length)
    set(pieces "")
    set(at 0)
    while(at LESS length)
      string(SUBSTRING "${text}" ${at} 8000 piece)
      string(APPEND pieces "R\"~~~(${piece})~~~\"\n")
      math(EXPR at "${at} + 8000")
    endwhile()
    string(APPEND body "      {\"${path}\",\n${pieces}\"\"},\n")
  elseif(argument STREQUAL "--")
    set(taking ON)
  endif()
endforeach()
file(WRITE ${OUT}.new "// Made by cmake/embed.cmake.
#include \"cli/embedded.h\"

namespace bgproof {

const std::vector<EmbeddedFile>& embedded_files() {
  static const std::vector<EmbeddedFile> kFiles = {
${body}  };
  return kFiles;
}

}  // namespace bgproof
")
file(COPY_FILE ${OUT}.new ${OUT} ONLY_IF_DIFFERENT)
