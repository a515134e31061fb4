# bgproof_antlr(NAME NAMESPACE ns GRAMMARS a.g4 [b.g4...] [LISTENER] [VISITOR]): the parser that the ANTLR tool makes of
# grammars, as target NAME. A lexer grammar stands before the parser grammar that uses its tokens. Generated headers are
# included by their own names (`#include "JunosParser.h"`), as system headers; the classes live in namespace `ns`.
#
# Generated code is a target of its own: its warnings are not ours, and in C++20 it compiles only without char8_t. Link
# it PRIVATE, so that only sources see ANTLR.
find_program(ANTLR_TOOL antlr4 REQUIRED)
find_path(ANTLR_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(ANTLR_LIBRARY antlr4-runtime REQUIRED)

function(bgproof_antlr name)
  cmake_parse_arguments(ARG "LISTENER;VISITOR" "NAMESPACE" "GRAMMARS" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${name})
  set(options -Dlanguage=Cpp -Werror -package ${ARG_NAMESPACE} -o ${out} -lib ${out} -Xexact-output-dir)
  list(APPEND options $<IF:$<BOOL:${ARG_LISTENER}>,-listener,-no-listener>)
  list(APPEND options $<IF:$<BOOL:${ARG_VISITOR}>,-visitor,-no-visitor>)
  set(sources "")
  set(before "")
  foreach(grammar IN LISTS ARG_GRAMMARS)
    get_filename_component(path ${grammar} ABSOLUTE)
    get_filename_component(stem ${grammar} NAME_WE)
    if(stem MATCHES "(Lexer|Parser)$")
      set(made ${out}/${stem}.cpp)
      set(base ${stem})
    else() # a combined grammar
      set(made ${out}/${stem}Lexer.cpp ${out}/${stem}Parser.cpp)
      set(base ${stem})
    endif()
    string(REPLACE ".cpp" ".h" headers "${made}")
    if(ARG_LISTENER AND NOT stem MATCHES "Lexer$")
      list(APPEND made ${out}/${base}Listener.cpp ${out}/${base}BaseListener.cpp)
    endif()
    if(ARG_VISITOR AND NOT stem MATCHES "Lexer$")
      list(APPEND made ${out}/${base}Visitor.cpp ${out}/${base}BaseVisitor.cpp)
    endif()
    add_custom_command(
      OUTPUT ${made} ${headers}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${out}
      COMMAND ${ANTLR_TOOL} ${options} ${path}
      DEPENDS ${path} ${before}
      COMMENT "antlr4 ${stem}.g4"
      VERBATIM)
    list(APPEND before ${made})
    list(APPEND sources ${made})
  endforeach()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} SYSTEM PUBLIC ${ANTLR_INCLUDE} ${out})
  target_compile_options(${name} PRIVATE -w -fno-char8_t)
  target_link_libraries(${name} PUBLIC ${ANTLR_LIBRARY})
  # A parser is slow without optimisation, and nobody steps through generated code.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Debug>:-O1>)
endfunction()
