#pragma once

#include "ui/views/settings.h"

#include <QDialog>

#include <functional>
#include <vector>

class QFormLayout;

namespace nuages::views {

/// The settings, each with a sentence on what it does. A choice takes effect at once: there is nothing to confirm.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(const Settings &settings, QWidget *parent = nullptr);

    /// A setting by the words in front of it, for whoever looks for one.
    struct Field {
        QString title; ///< "Font size"
        QWidget *widget = nullptr;
    };
    const std::vector<Field> &fields() const { return m_fields; }

    /// Of all fields, for whoever needs no dialog yet.
    static QStringList titles();

    /// Gives the focus to the setting with this title; nothing if there is none.
    void goTo(const QString &title);

    const Settings &settings() const { return m_settings; }

Q_SIGNALS:
    void changed(const nuages::views::Settings &settings);

private:
    void addColours();
    void addNumber(const QString &title, const QString &sentence, int Settings::*member, int least, int most,
                   const QString &unit, const QString &forLeast = {});
    void addSwitch(const QString &title, const QString &sentence, bool Settings::*member);
    void addText(const QString &title, const QString &sentence, QString Settings::*member, const QString &forEmpty);
    void add(const QString &title, const QString &sentence, QWidget *widget);
    void take(const Settings &settings);

    /// Shows what the settings say, where that is not what is shown.
    std::vector<std::function<void()>> m_show;
    std::vector<Field> m_fields;
    QFormLayout *m_form;
    Settings m_settings;
};

} // namespace nuages::views
