#include "app/projectoptions.h"

#include <format>

namespace nuages::app {

void addProjectOptions(CLI::App &command, Wanted &wanted, std::string_view foundFrom)
{
    command
        .add_option("--project", wanted.project, std::format("Root of the project; default: found from {}", foundFrom))
        ->type_name("DIR");
    command.add_option("--settings", wanted.settings, "Settings module; default: as manage.py has it")
        ->type_name("MODULE");
    command
        .add_option("--site-packages", wanted.sitePackages,
                    "Folder of installed packages, repeatable; default: found from the project")
        ->type_name("DIR")
        ->allow_extra_args(false);
}

} // namespace nuages::app
