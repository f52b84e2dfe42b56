#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Files of variables, each read as the package that loads it does. Of a name that is there twice the later line counts
/// where the package says so; the pairs come in the order of the file, each name once.
namespace nuages::python {

using Variables = std::vector<std::pair<std::string, std::string>>;

/// `Env.read_env` of django-environ: a line is `NAME=value`, perhaps behind `export`, the value perhaps in quotes.
/// Source: environ/environ.py, 0.9 to 0.12.
Variables readEnvironFile(std::string_view text);

/// `load_dotenv` of python-dotenv (environs uses it as well): quotes over several lines, comments, `${NAME}` and
/// `${NAME:-default}` of what `lookUp` knows or what stands above.
/// Source: dotenv/parser.py and variables.py, 1.0.
Variables readDotenvFile(std::string_view text,
                         const std::function<std::optional<std::string>(const std::string &)> &lookUp);

/// `RepositoryEnv` of python-decouple. Source: decouple.py, 3.8.
Variables readDecoupleFile(std::string_view text);

/// The options of one section of a file of Python's configparser, names in small letters, without interpolation;
/// nullopt if the file uses that.
std::optional<Variables> readIniSection(std::string_view text, std::string_view section);

} // namespace nuages::python
