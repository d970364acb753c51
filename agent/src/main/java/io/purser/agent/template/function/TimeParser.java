package io.purser.agent.template.function;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a time by a Go layout. What the layout leaves out is zero, the zone UTC. */
final class TimeParser {
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final List<String> DAYS =
            List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");

    private final String text;
    private int position;
    private boolean failed;

    private int year;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private int hour;
    private int minute;
    private int second;
    private int nanosecond;
    private boolean pm;
    private boolean am;
    private ZoneOffset offset = ZoneOffset.UTC;

    private TimeParser(String text) {
        this.text = text;
    }

    /** The time, or null if the text does not have that layout or is no date. */
    static @Nullable GoTime parse(String layout, String text) {
        TimeParser parser = new TimeParser(text);
        int at = 0;
        while (at < layout.length() && !parser.failed) {
            String element = TimeLayout.elementAt(layout, at);
            if (element.isEmpty()) {
                parser.literal(layout.charAt(at));
                at++;
            } else {
                at += element.length();
                parser.element(element, layout, at);
            }
        }
        return parser.failed || parser.position < text.length() ? null : parser.time();
    }

    private @Nullable GoTime time() {
        if (pm && hour < 12) {
            hour += 12;
        } else if (am && hour == 12) {
            hour = 0;
        }
        try {
            LocalDate date = dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
            return new GoTime(LocalDateTime.of(date, LocalTime.of(hour, minute, second, nanosecond))
                    .atZone(offset));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void literal(char c) {
        if (c == ' ') {
            // A blank in the layout stands for any number of them.
            while (position < text.length() && text.charAt(position) == ' ') {
                position++;
            }
            return;
        }
        failed = position >= text.length() || text.charAt(position++) != c;
    }

    private void element(String element, String layout, int next) {
        switch (element) {
            case "January" -> month = name(MONTHS, false) + 1;
            case "Jan" -> month = name(MONTHS, true) + 1;
            case "Monday" -> name(DAYS, false);
            case "Mon" -> name(DAYS, true);
            case "2006" -> year = digits(4, 4);
            case "06" -> {
                int number = digits(2, 2);
                year = number >= 69 ? 1900 + number : 2000 + number;
            }
            case "01" -> month = digits(2, 2);
            case "1" -> month = digits(1, 2);
            case "02" -> day = digits(2, 2);
            case "2", "_2" -> {
                skipBlank(element);
                day = digits(1, 2);
            }
            case "002", "__2" -> {
                skipBlank(element);
                dayOfYear = digits(element.equals("002") ? 3 : 1, 3);
            }
            case "15" -> hour = digits(1, 2);
            case "03", "3" -> {
                hour = digits(element.length(), 2);
                failed |= hour > 12;
            }
            case "04" -> minute = digits(2, 2);
            case "4" -> minute = digits(1, 2);
            case "05", "5" -> {
                second = digits(element.length(), 2);
                optionalFraction(layout, next);
            }
            case "PM", "pm" -> halfDay(element.equals("PM"));
            case "MST" -> zoneName();
            default -> offsetOrFraction(element);
        }
    }

    private void skipBlank(String element) {
        for (int i = 1; element.startsWith("_") && i < element.length() && position < text.length(); i++) {
            position += text.charAt(position) == ' ' ? 1 : 0;
        }
    }

    private int name(List<String> names, boolean abbreviated) {
        for (int i = 0; i < names.size(); i++) {
            String name = abbreviated ? names.get(i).substring(0, 3) : names.get(i);
            if (text.regionMatches(true, position, name, 0, name.length())) {
                position += name.length();
                return i;
            }
        }
        failed = true;
        return 0;
    }

    private int digits(int atLeast, int atMost) {
        int start = position;
        int value = 0;
        while (position < text.length() && position - start < atMost && isDigit(text.charAt(position))) {
            value = value * 10 + text.charAt(position++) - '0';
        }
        failed |= position - start < atLeast;
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A fraction may follow the seconds even where the layout has none. */
    private void optionalFraction(String layout, int next) {
        boolean inLayout = next < layout.length()
                && !TimeLayout.elementAt(layout, next).isEmpty()
                && ".,".indexOf(layout.charAt(next)) >= 0;
        boolean inText = position + 1 < text.length()
                && ".,".indexOf(text.charAt(position)) >= 0
                && isDigit(text.charAt(position + 1));
        if (!inLayout && inText) {
            fraction();
        }
    }

    private void fraction() {
        int start = ++position;
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
        String digits = text.substring(start, position);
        nanosecond = Integer.parseInt((digits + "000000000").substring(0, 9));
        failed |= digits.isEmpty();
    }

    private void halfDay(boolean upper) {
        String word = position + 2 <= text.length() ? text.substring(position, position + 2) : "";
        position += 2;
        pm = word.equals(upper ? "PM" : "pm");
        am = word.equals(upper ? "AM" : "am");
        failed |= !pm && !am;
    }

    /** A zone's name is read but, as in Go without its database at hand, does not move the time. */
    private void zoneName() {
        int start = position;
        while (position < text.length() && Character.isUpperCase(text.charAt(position)) && position - start < 5) {
            position++;
        }
        failed |= position - start < 3;
    }

    private void offsetOrFraction(String element) {
        if (element.startsWith(".") || element.startsWith(",")) {
            boolean present = position + 1 < text.length() && ".,".indexOf(text.charAt(position)) >= 0;
            if (present) {
                int start = position;
                fraction();
                failed |= element.charAt(1) == '0' && position - start != element.length();
            } else {
                failed |= element.charAt(1) == '0';
            }
            return;
        }
        if (element.startsWith("Z") && position < text.length() && text.charAt(position) == 'Z') {
            position++;
            return;
        }
        String shown = position + element.length() <= text.length()
                ? text.substring(position, position + element.length())
                : "";
        position += element.length();
        String pattern = element.substring(1).replaceAll("[0-9]", "[0-9]");
        if (!shown.matches("[+-]" + pattern)) {
            failed = true;
            return;
        }
        String digits = shown.replace(":", "");
        offset(
                digits.charAt(0) == '-' ? -1 : 1,
                String.format(Locale.ROOT, "%-6s", digits.substring(1)).replace(' ', '0'));
    }

    private void offset(int sign, String digits) {
        int hours = Integer.parseInt(digits.substring(0, 2));
        int seconds =
                hours * 3600 + Integer.parseInt(digits.substring(2, 4)) * 60 + Integer.parseInt(digits.substring(4, 6));
        failed |= hours > 18;
        offset = failed ? ZoneOffset.UTC : ZoneOffset.ofTotalSeconds(sign * Math.min(seconds, 18 * 3600));
    }
}
