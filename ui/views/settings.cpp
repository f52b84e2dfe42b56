#include "ui/views/settings.h"

#include <QProcess>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

/// One member of the settings under its name in the file.
template <class Do>
void forEachMember(auto &settings, Do &&each)
{
    each("settings/colours", settings.colours);
    each("settings/fontSize", settings.fontSize);
    each("settings/motion", settings.moves);
    each("settings/follow", settings.followsAtStart);
    each("settings/editor", settings.editor);
    each("settings/record", settings.records);
    each("settings/sessionMegabytes", settings.sessionMegabytes);
    each("settings/allMegabytes", settings.allMegabytes);
    each("settings/sessionFolder", settings.sessionFolder);
}

int within(int value, int least, int most, int otherwise) { return value < least || value > most ? otherwise : value; }

} // namespace

Settings Settings::load()
{
    const QSettings file;
    Settings settings;
    forEachMember(settings, [&file]<class T>(const char *key, T &member) {
        if (const QVariant value = file.value(key); value.canConvert<T>())
            member = value.value<T>();
    });
    const Settings first;
    settings.fontSize = within(settings.fontSize, leastFontSize, mostFontSize, first.fontSize);
    settings.sessionMegabytes =
        within(settings.sessionMegabytes, leastMegabytes, mostMegabytes, first.sessionMegabytes);
    settings.allMegabytes = within(settings.allMegabytes, leastMegabytes, mostMegabytes, first.allMegabytes);
    return settings;
}

void Settings::save() const
{
    QSettings file;
    forEachMember(*this, [&file](const char *key, const auto &member) { file.setValue(key, member); });
}

QStringList commandFor(const QString &editor, const QString &file, int line)
{
    QStringList words = QProcess::splitCommand(editor);
    if (words.isEmpty())
        return words;
    if (!editor.contains("%f"_L1))
        words << u"%f"_s;
    for (QString &word : words) // One pass, so that a file may be called "%l".
        word = word.split(u"%f"_s).replaceInStrings(u"%l"_s, QString::number(line)).join(file);
    return words;
}

} // namespace nuages::views
