# cmake "-DFILES=a.md;b.md" -DOUT=pages.cpp -P embedpages.cmake
#
# Writes allPages() of engine/rules/page.h with the texts of FILES, which are sorted.
set(rows "")
foreach(file IN LISTS FILES)
    get_filename_component(name "${file}" NAME_WE)
    file(READ "${file}" text)
    string(APPEND rows "    {\"${name}\", R\"page(${text})page\"},\n")
endforeach()
file(WRITE "${OUT}" "#include \"engine/rules/page.h\"

namespace nuages::rules {

namespace {

constexpr Page pages[] = {
${rows}};

} // namespace

std::span<const Page> allPages() { return pages; }

} // namespace nuages::rules
")
