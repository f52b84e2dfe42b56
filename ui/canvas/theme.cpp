#include "ui/canvas/theme.h"

#include "ui/canvas/contrast.h"

namespace nuages::canvas {

namespace {

constexpr double highContrast = 19; // Of 21. Black on the grey of a usual window has 18.
constexpr double asGoodAsEqual = 1.1;

// A usual light palette has grey windows around white bases; one of high contrast knows no grey, or as good as none.
bool isHighContrast(const QPalette &palette)
{
    const QColor window = palette.color(QPalette::Window);
    return contrast(palette.color(QPalette::WindowText), window) >= highContrast
        && contrast(palette.color(QPalette::Base), window) <= asGoodAsEqual;
}

// Glyphs and patterns carry the meaning here, so all outcomes look alike in colour.
Theme highContrastOf(const QColor &ground, const QColor &text, const QColor &highlight)
{
    Theme theme{.kind = Theme::Kind::HighContrast,
                .window = ground,
                .panel = ground,
                .line = text,
                .text = text,
                .muted = text,
                .accent = contrast(highlight, ground) >= glyphContrast ? highlight : text,
                .selection = ground,
                .edge = text,
                .outcomes = {}};
    theme.outcomes.fill({.ink = text, .tint = ground});
    return theme;
}

} // namespace

Theme Theme::light()
{
    return {.kind = Kind::Light,
            .window = 0xf3f4f6,
            .panel = 0xffffff,
            .line = 0xd9dce1,
            .text = 0x1c2126,
            .muted = 0x5f6770,
            .accent = 0x2563c9,
            .selection = 0xdbe9ff,
            .edge = 0x828a94,
            .outcomes = {{{0x77818d, 0xf1f3f5},
                          {0x2b7bb9, 0xeaf4fb},
                          {0x8a4fbe, 0xf4ecfb},
                          {0xc8501e, 0xfdeee7},
                          {0xa87000, 0xfdf4dd},
                          {0xc8501e, 0xfdeee7},
                          {0xb3364d, 0xfceaee},
                          {0x0f7f72, 0xe3f5f2},
                          {0x7d6a55, 0xf4efe8}}}};
}

Theme Theme::dark()
{
    return {.kind = Kind::Dark,
            .window = 0x191c20,
            .panel = 0x212529,
            .line = 0x363c43,
            .text = 0xe4e7eb,
            .muted = 0xa0a9b3,
            .accent = 0x6ea8ff,
            .selection = 0x233a5c,
            .edge = 0x78828d,
            .outcomes = {{{0x7d8893, 0x292e34},
                          {0x63b3ed, 0x1e2f3d},
                          {0xc79bf2, 0x30273b},
                          {0xff8a5b, 0x3b2620},
                          {0xe9b44c, 0x372e1b},
                          {0xff8a5b, 0x3b2620},
                          {0xf2839a, 0x3c232a},
                          {0x4fc9b8, 0x1b3431},
                          {0xc2ab8f, 0x332d26}}}};
}

Theme Theme::highContrast(bool isDark)
{
    const QColor black(0, 0, 0);
    const QColor white(255, 255, 255);
    return isDark ? highContrastOf(black, white, 0xffe14d) : highContrastOf(white, black, 0x0b3fa8);
}

Theme Theme::of(const QPalette &palette)
{
    if (isHighContrast(palette))
        return highContrastOf(palette.color(QPalette::Window), palette.color(QPalette::WindowText),
                              palette.color(QPalette::Highlight));
    return palette.color(QPalette::Window).lightnessF() < 0.5F ? dark() : light();
}

Qt::BrushStyle Theme::pattern(Outcome outcome) const
{
    if (kind != Kind::HighContrast)
        return Qt::SolidPattern;
    switch (outcome) {
    case Outcome::ExecutedChanged:
    case Outcome::InputSet:
        return Qt::SolidPattern;
    case Outcome::ExecutedBackdated:
        return Qt::BDiagPattern;
    case Outcome::ExecutedNew:
        return Qt::Dense4Pattern;
    case Outcome::Validated:
        return Qt::HorPattern;
    case Outcome::NotChecked:
        return Qt::Dense6Pattern;
    case Outcome::Cancelled:
        return Qt::DiagCrossPattern;
    case Outcome::Cycle:
        return Qt::CrossPattern;
    case Outcome::Evicted:
        return Qt::VerPattern;
    }
    return Qt::SolidPattern;
}

QPalette Theme::palette() const
{
    QPalette palette(text, panel, line, line, line, text, text, panel, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Button, panel);
    palette.setColor(QPalette::Light, panel);
    palette.setColor(QPalette::Midlight, line);
    palette.setColor(QPalette::Mid, line);
    palette.setColor(QPalette::Dark, line);
    palette.setColor(QPalette::Shadow, line);
    palette.setColor(QPalette::AlternateBase, window);
    palette.setColor(QPalette::Highlight, kind == Kind::HighContrast ? accent : selection);
    palette.setColor(QPalette::HighlightedText, kind == Kind::HighContrast ? panel : text);
    palette.setColor(QPalette::Accent, accent);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, accent);
    palette.setColor(QPalette::PlaceholderText, muted);
    palette.setColor(QPalette::ToolTipBase, panel);
    palette.setColor(QPalette::ToolTipText, text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, muted);
    return palette;
}

} // namespace nuages::canvas
