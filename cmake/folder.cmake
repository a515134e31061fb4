# bgproof_folder(NAME [USES folders...] [LINKS third-party...]): the static library of one folder, made of all its
# sources. Folders are linked PUBLIC (their headers show through), third-party libraries PRIVATE.
function(bgproof_folder name)
  cmake_parse_arguments(ARG "" "" "USES;LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(NOT sources) # a folder of headers only
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp)
    file(TOUCH ${sources})
  endif()
  add_library(bgproof_${name} STATIC ${sources})
  target_include_directories(bgproof_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_options(bgproof_${name} PRIVATE ${BGPROOF_WARNINGS})
  foreach(used IN LISTS ARG_USES)
    target_link_libraries(bgproof_${name} PUBLIC bgproof_${used})
  endforeach()
  target_link_libraries(bgproof_${name} PRIVATE ${ARG_LINKS})
endfunction()

set(BGPROOF_WARNINGS -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    CACHE STRING "warnings of hand-written code")
