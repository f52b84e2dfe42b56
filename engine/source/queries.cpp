#include "engine/source/queries.h"

#include "engine/source/files.h"

namespace nuages::source {

Text SourceText::run(query::Reader &db, File file)
{
    const Status status = db.read<&FileData::status>(file);
    db.read<&FileData::stamp>(file); // the edge that stands for the bytes
    return db.attached<Files>().readText(db, db.read<&FileData::path>(file), status);
}

std::vector<Entry> Listing::run(query::Reader &db, File directory)
{
    const Status status = db.read<&FileData::status>(directory);
    db.read<&FileData::stamp>(directory); // the edge that stands for the entries
    return db.attached<Files>().readEntries(db, db.read<&FileData::path>(directory), status);
}

LineIndex Lines::run(query::Reader &db, File file) { return LineIndex(db.get<SourceText>(file)); }

} // namespace nuages::source
