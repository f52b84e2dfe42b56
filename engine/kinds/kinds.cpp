#include "engine/kinds/kinds.h"

#include "engine/analysis/ancestry.h"
#include "engine/analysis/layers.h"
#include "engine/analysis/names.h"
#include "engine/analysis/structure.h"
#include "engine/ide/librarynames.h"
#include "engine/ide/templatelist.h"
#include "engine/project/apps/appconfig.h"
#include "engine/project/apps/installedapps.h"
#include "engine/project/apps/templatechanges.h"
#include "engine/project/discovery/configuration.h"
#include "engine/project/discovery/discovery.h"
#include "engine/project/discovery/namedsettings.h"
#include "engine/project/django.h"
#include "engine/project/libraries/libraries.h"
#include "engine/project/libraries/modules.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/project/packagemode.h"
#include "engine/project/project.h"
#include "engine/project/searchpath.h"
#include "engine/project/settings/settings.h"
#include "engine/project/templates/directories.h"
#include "engine/project/templates/findtemplate.h"
#include "engine/project/templates/partnames.h"
#include "engine/project/templates/projecttemplates.h"
#include "engine/python/module.h"
#include "engine/python/outline.h"
#include "engine/query/typename.h"
#include "engine/rules/closelibrary.h"
#include "engine/rules/diagnostics.h"
#include "engine/rules/openness.h"
#include "engine/rules/uninstalledapp.h"
#include "engine/source/file.h"
#include "engine/source/queries.h"
#include "engine/template/queries.h"

#include <array>

namespace nuages::kinds {

namespace {

/// Does not compile for a kind that does not say what it is about.
template <class Query>
consteval Kind kind()
{
    return {.name = query::detail::shownName<Query>(), .about = Query::about};
}

constexpr std::array inOrder = {
    kind<source::FileData>(),
    kind<project::GivenData>(),
    kind<source::Listing>(),
    kind<source::SourceText>(),
    kind<source::Lines>(),
    kind<templates::Template>(),
    kind<templates::Facts>(),
    kind<templates::Partials>(),
    kind<templates::MayDefinePartial>(),
    kind<python::PythonModule>(),
    kind<python::ModuleOutline>(),
    kind<python::HiddenFunction>(),
    kind<project::ManageFolder>(),
    kind<project::ConfigurationFile>(),
    kind<project::ProjectConfiguration>(),
    kind<project::SitePackages>(),
    kind<project::SettingsModule>(),
    kind<project::SettingsNamedIn>(),
    kind<project::RootAbove>(),
    kind<project::RootsBelow>(),
    kind<project::Settings>(),
    kind<project::SearchPath>(),
    kind<project::FindDjango>(),
    kind<project::BindsRegister>(),
    kind<project::TakesBuiltinRegister>(),
    kind<project::RegisterHome>(),
    kind<project::ResolveApp>(),
    kind<project::InstalledApps>(),
    kind<project::TagModules>(),
    kind<project::TemplateChanges>(),
    kind<project::Engines>(),
    kind<project::TagLibraryPlaces>(),
    kind<project::Libraries>(),
    kind<project::TakenRegisters>(),
    kind<project::LibraryParts>(),
    kind<project::ReadTagLibrary>(),
    kind<project::TagLibraryFacts>(),
    kind<analysis::BuiltinLibraries>(),
    kind<ide::LibraryNames>(),
    kind<analysis::LoadableLibrary>(),
    kind<rules::CloseLibrary>(),
    kind<project::TemplateDirectories>(),
    kind<project::FindTemplate>(),
    kind<project::TemplateNames>(),
    kind<project::FindPartNames>(),
    kind<project::TemplatesIn>(),
    kind<project::ProjectTemplates>(),
    kind<ide::TemplateList>(),
    kind<project::JudgedAs>(),
    kind<analysis::Ancestry>(),
    kind<analysis::Layers>(),
    kind<project::DeclaredDependencies>(),
    kind<project::PackageApps>(),
    kind<rules::UninstalledApp>(),
    kind<analysis::TagProviders>(),
    kind<analysis::FilterProviders>(),
    kind<analysis::IsStopWord>(),
    kind<rules::ProjectOpenness>(),
    kind<rules::TemplateOpenness>(),
    kind<analysis::TemplateStructure>(),
    kind<rules::Diagnostics>(),
};

} // namespace

std::span<const Kind> all() { return inOrder; }

} // namespace nuages::kinds
