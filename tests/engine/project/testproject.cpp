#include "tests/engine/project/testproject.h"
#include "tests/support/givenproject.h"

namespace nuages::tests {

using namespace nuages::project;
using templates::StopWord;
using templates::TagShape;

TestProject::TestProject(const Contents &contents)
{
    disk.makeDirectory("/p");
    disk.makeDirectory("/site-packages");
    for (const auto &[path, text] : contents)
        disk.write(absolute(path), text);
    files.setRoots({{"/p", query::Durability::Low}, {"/site-packages", query::Durability::High}});
    engine.attach(files);
    project = openProject(engine, givenAt("/p", {"/site-packages"}));
}

std::string TestProject::absolute(std::string_view path)
{
    return path.starts_with('/') ? std::string(path) : "/p/" + std::string(path);
}

void TestProject::edit(std::string_view path, std::string_view text)
{
    disk.write(absolute(path), text);
    engine.write("edit", [&](query::Transaction &tx) { files.lookAgain(tx, absolute(path)); });
}

void TestProject::remove(std::string_view path)
{
    disk.remove(absolute(path));
    engine.write("remove", [&](query::Transaction &tx) { files.lookAgain(tx, absolute(path)); });
}

TagLibrary TestProject::library(std::string_view path)
{
    query::Reader db(engine.ticket());
    return db.get<TagLibraryFacts>(project, source::fileAt(db, absolute(path)));
}

std::string tagNames(const TagLibrary &library)
{
    std::string names;
    for (const TagFact &tag : library.tags)
        names += (names.empty() ? "" : " ") + tag.name;
    return names;
}

std::string filterNames(const TagLibrary &library)
{
    std::string names;
    for (const FilterFact &filter : library.filters)
        names += (names.empty() ? "" : " ") + filter.name;
    return names;
}

std::string reasons(const std::vector<OpenReason> &open)
{
    std::string text;
    for (const OpenReason &reason : open)
        text += (text.empty() ? "" : "; ") + std::to_string(reason.line) + ": " + reason.why;
    return text;
}

std::string shapeText(const TagShape &shape)
{
    std::string text;
    switch (shape.body) {
    case TagShape::Body::None:
        text = "none";
        break;
    case TagShape::Body::Block:
        text = "block";
        break;
    case TagShape::Body::Raw:
        text = "raw";
        break;
    case TagShape::Body::Message:
        text = "message";
        break;
    case TagShape::Body::Rest:
        text = "rest";
        break;
    case TagShape::Body::Unknown:
        text = "unknown";
        break;
    }
    bool isFirst = true;
    for (const TagShape::Section &section : shape.sections) {
        if (!isFirst)
            text += " |";
        isFirst = false;
        for (const StopWord &stop : section) {
            text += " " + stop.word;
            if (stop.next != StopWord::closes)
                text += ">" + std::to_string(stop.next);
        }
    }
    switch (shape.arguments) {
    case TagShape::Arguments::Simple:
        return text + ", simple";
    case TagShape::Arguments::Inclusion:
        return text + ", inclusion";
    case TagShape::Arguments::Uncompiled:
        return text + ", uncompiled";
    case TagShape::Arguments::Unknown:
        return text;
    default:
        return text + ", Django's";
    }
}

} // namespace nuages::tests
