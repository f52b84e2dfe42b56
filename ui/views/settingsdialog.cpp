#include "ui/views/settingsdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr int usualWidth = 620;
constexpr int usualHeight = 560;

} // namespace

SettingsDialog::SettingsDialog(const Settings &settings, QWidget *parent)
    : QDialog(parent), m_form(new QFormLayout), m_settings(settings)
{
    setObjectName(u"settings"_s);
    setWindowTitle(tr("Settings"));
    addColours();
    addNumber(tr("Font size"), tr("Of all texts of the window."), &Settings::fontSize, leastFontSize - 1, mostFontSize,
              tr(" pt"), tr("As the desktop has it"));
    addSwitch(tr("Motion"), tr("Panes glide into their places, menus fade, and the cursor blinks."), &Settings::moves);
    addSwitch(tr("Follow at the start"),
              tr("A new window shows the answer to each edit until you pick something. Without, the first answer stays "
                 "until you pick another one."),
              &Settings::followsAtStart);
    addText(tr("Editor"),
            tr("The command with which Ctrl+E opens a file in your editor: %f stands for the file, %l for the line, as "
               "in \"kate --line %l %f\"."),
            &Settings::editor, tr("What the desktop opens such files with"));
    addSwitch(tr("Record"),
              tr("Keeps in a file what a window shows, to be opened again later. Turned off, nothing more is recorded "
                 "from now on; turned on, the next window records."),
              &Settings::records);
    addNumber(tr("Size of a session"),
              tr("What is oldest in it goes when it would be larger; from the next window on."),
              &Settings::sessionMegabytes, leastMegabytes, mostMegabytes, tr(" MB"));
    addNumber(tr("Size of all sessions"),
              tr("The oldest sessions go when there would be more; looked at whenever one begins."),
              &Settings::allMegabytes, leastMegabytes, mostMegabytes, tr(" MB"));
    addText(tr("Folder of sessions"), tr("Where they are kept; from the next window on."), &Settings::sessionFolder,
            tr("$XDG_STATE_HOME/nuages, else ~/.local/state/nuages"));

    auto *page = new QWidget;
    page->setLayout(m_form);
    m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    auto *area = new QScrollArea;
    area->setWidget(page);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus); // It scrolls to whatever has the focus in it.
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::RestoreDefaults | QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
            [this] { take(Settings()); });
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(area, 1);
    layout->addWidget(buttons);
    m_fields.front().widget->setFocus();
    resize(usualWidth, usualHeight);
}

QStringList SettingsDialog::titles()
{
    return {tr("Colours"),
            tr("Font size"),
            tr("Motion"),
            tr("Follow at the start"),
            tr("Editor"),
            tr("Record"),
            tr("Size of a session"),
            tr("Size of all sessions"),
            tr("Folder of sessions")};
}

void SettingsDialog::goTo(const QString &title)
{
    if (const auto field = std::ranges::find(m_fields, title, &Field::title); field != m_fields.end())
        field->widget->setFocus(Qt::ShortcutFocusReason);
}

void SettingsDialog::addColours()
{
    auto *box = new QComboBox;
    box->addItem(tr("As the desktop has them"), QString());
    box->addItem(tr("Light"), u"light"_s);
    box->addItem(tr("Dark"), u"dark"_s);
    box->addItem(tr("High contrast"), u"high-contrast"_s);
    m_show.emplace_back([this, box] { box->setCurrentIndex(std::max(0, box->findData(m_settings.colours))); });
    connect(box, &QComboBox::currentIndexChanged, this, [this, box] {
        Settings wanted = m_settings;
        wanted.colours = box->currentData().toString();
        take(wanted);
    });
    add(tr("Colours"), tr("Those of the desktop are followed whenever it changes between light and dark."), box);
}

void SettingsDialog::addNumber(const QString &title, const QString &sentence, int Settings::*member, int least,
                               int most, const QString &unit, const QString &forLeast)
{
    auto *box = new QSpinBox;
    box->setRange(least, most);
    box->setSuffix(unit);
    box->setSpecialValueText(forLeast);
    box->setKeyboardTracking(false); // Half a number is none.
    const bool hasNone = !forLeast.isEmpty();
    m_show.emplace_back([this, box, member, least, hasNone] {
        box->setValue(hasNone && m_settings.*member == 0 ? least : m_settings.*member);
    });
    connect(box, &QSpinBox::valueChanged, this, [this, member, least, hasNone](int value) {
        Settings wanted = m_settings;
        wanted.*member = hasNone && value == least ? 0 : value;
        take(wanted);
    });
    add(title, sentence, box);
}

void SettingsDialog::addSwitch(const QString &title, const QString &sentence, bool Settings::*member)
{
    auto *box = new QCheckBox(tr("On"));
    m_show.emplace_back([this, box, member] { box->setChecked(m_settings.*member); });
    connect(box, &QCheckBox::toggled, this, [this, member](bool isOn) {
        Settings wanted = m_settings;
        wanted.*member = isOn;
        take(wanted);
    });
    add(title, sentence, box);
}

void SettingsDialog::addText(const QString &title, const QString &sentence, QString Settings::*member,
                             const QString &forEmpty)
{
    auto *line = new QLineEdit;
    line->setPlaceholderText(forEmpty);
    m_show.emplace_back([this, line, member] {
        if (line->text() != m_settings.*member) // Else the cursor would jump.
            line->setText(m_settings.*member);
    });
    connect(line, &QLineEdit::textEdited, this, [this, member](const QString &text) {
        Settings wanted = m_settings;
        wanted.*member = text;
        take(wanted);
    });
    add(title, sentence, line);
}

/// The title, what is chosen there, and below it the sentence.
void SettingsDialog::add(const QString &title, const QString &sentence, QWidget *widget)
{
    auto *explanation = new QLabel(sentence);
    explanation->setObjectName(u"muted"_s);
    explanation->setWordWrap(true);
    widget->setAccessibleName(title);
    widget->setAccessibleDescription(sentence);
    auto *cell = new QVBoxLayout;
    cell->addWidget(widget);
    cell->addWidget(explanation);
    auto *label = new QLabel(title);
    label->setBuddy(widget);
    m_form->addRow(label, cell);
    m_fields.push_back({title, widget});
    m_show.back()();
}

void SettingsDialog::take(const Settings &settings)
{
    if (settings == m_settings)
        return;
    m_settings = settings;
    for (const auto &show : m_show)
        show();
    Q_EMIT changed(m_settings);
}

} // namespace nuages::views
