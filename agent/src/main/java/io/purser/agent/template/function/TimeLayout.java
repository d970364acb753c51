package io.purser.agent.template.function;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** Go's time layouts, written as the reference time looks: Mon Jan 2 15:04:05 MST 2006. */
final class TimeLayout {
    static final String RFC3339 = "2006-01-02T15:04:05Z07:00";
    static final String RFC3339_NANO = "2006-01-02T15:04:05.999999999Z07:00";

    private static final String[] ELEMENTS = {
        "January",
        "Jan",
        "Monday",
        "Mon",
        "MST",
        "2006",
        "-07:00:00",
        "-07:00",
        "-0700",
        "-070000",
        "-07",
        "Z07:00:00",
        "Z07:00",
        "Z0700",
        "Z070000",
        "Z07",
        "002",
        "01",
        "02",
        "03",
        "04",
        "05",
        "06",
        "__2",
        "_2",
        "15",
        "PM",
        "pm",
        "1",
        "2",
        "3",
        "4",
        "5"
    };

    private TimeLayout() {}

    /** The element of the layout that begins at the position, or an empty text. */
    static String elementAt(String layout, int position) {
        String fraction = fractionAt(layout, position);
        if (!fraction.isEmpty()) {
            return fraction;
        }
        String best = "";
        for (String element : ELEMENTS) {
            if (element.length() > best.length() && layout.startsWith(element, position)) {
                best = element;
            }
        }
        boolean jan = best.equals("Jan") && lowerFollows(layout, position + 3);
        boolean mon = best.equals("Mon") && lowerFollows(layout, position + 3);
        if (jan || mon) {
            return "";
        }
        // Go reads _2006 as a blank and the year.
        return best.equals("_2") && layout.startsWith("_2006", position) ? "" : best;
    }

    private static boolean lowerFollows(String layout, int position) {
        return position < layout.length() && layout.charAt(position) >= 'a' && layout.charAt(position) <= 'z';
    }

    /** A point or comma with zeros or nines, no digit after them. */
    private static String fractionAt(String layout, int position) {
        char c = layout.charAt(position);
        if ((c != '.' && c != ',') || position + 1 >= layout.length()) {
            return "";
        }
        char digit = layout.charAt(position + 1);
        int end = position + 1;
        while (end < layout.length() && layout.charAt(end) == digit) {
            end++;
        }
        boolean digitFollows = end < layout.length() && Character.isDigit(layout.charAt(end));
        return (digit == '0' || digit == '9') && !digitFollows ? layout.substring(position, end) : "";
    }

    static String format(ZonedDateTime time, String layout) {
        StringBuilder out = new StringBuilder();
        int position = 0;
        while (position < layout.length()) {
            String element = elementAt(layout, position);
            if (element.isEmpty()) {
                out.append(layout.charAt(position++));
            } else {
                out.append(shown(time, element));
                position += element.length();
            }
        }
        return out.toString();
    }

    private static String shown(ZonedDateTime time, String element) {
        int hour12 = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        return switch (element) {
            case "January" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "Jan" ->
                time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
            case "Monday" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "Mon" ->
                time.getDayOfWeek()
                        .getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                        .substring(0, 3);
            case "MST" -> zoneName(time);
            case "2006" -> padded(time.getYear(), 4);
            case "06" -> padded(Math.floorMod(time.getYear(), 100), 2);
            case "01" -> padded(time.getMonthValue(), 2);
            case "1" -> String.valueOf(time.getMonthValue());
            case "02" -> padded(time.getDayOfMonth(), 2);
            case "_2" -> String.format("%2d", time.getDayOfMonth());
            case "2" -> String.valueOf(time.getDayOfMonth());
            case "002" -> padded(time.getDayOfYear(), 3);
            case "__2" -> String.format("%3d", time.getDayOfYear());
            case "15" -> padded(time.getHour(), 2);
            case "03" -> padded(hour12, 2);
            case "3" -> String.valueOf(hour12);
            case "04" -> padded(time.getMinute(), 2);
            case "4" -> String.valueOf(time.getMinute());
            case "05" -> padded(time.getSecond(), 2);
            case "5" -> String.valueOf(time.getSecond());
            case "PM" -> time.getHour() >= 12 ? "PM" : "AM";
            case "pm" -> time.getHour() >= 12 ? "pm" : "am";
            default ->
                element.startsWith("-") || element.startsWith("Z")
                        ? offset(time.getOffset(), element)
                        : fraction(time.getNano(), element);
        };
    }

    private static String padded(int number, int width) {
        return String.format(Locale.ROOT, number < 0 ? "-%0" + width + "d" : "%0" + width + "d", Math.abs(number));
    }

    static String zoneName(ZonedDateTime time) {
        if (time.getZone() instanceof ZoneOffset offset) {
            return offset.getTotalSeconds() == 0 ? "UTC" : offset(offset, "-0700");
        }
        String name = time.getZone().getId();
        if (name.equals("UTC") || name.equals("Local")) {
            return "UTC";
        }
        return java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
                .format(time);
    }

    static String offset(ZoneOffset offset, String element) {
        int seconds = offset.getTotalSeconds();
        if (element.startsWith("Z") && seconds == 0) {
            return "Z";
        }
        int magnitude = Math.abs(seconds);
        String colon = element.contains(":") ? ":" : "";
        int digits = (int) element.chars().filter(Character::isDigit).count();
        StringBuilder text = new StringBuilder(seconds < 0 ? "-" : "+").append(padded(magnitude / 3600, 2));
        if (digits >= 4) {
            text.append(colon).append(padded(magnitude / 60 % 60, 2));
        }
        if (digits >= 6) {
            text.append(colon).append(padded(magnitude % 60, 2));
        }
        return text.toString();
    }

    private static String fraction(int nanoseconds, String element) {
        String digits = String.format(Locale.ROOT, "%09d", nanoseconds);
        int wanted = element.length() - 1;
        String shown = wanted <= 9 ? digits.substring(0, wanted) : digits + "0".repeat(wanted - 9);
        if (element.charAt(1) == '9') {
            shown = shown.replaceAll("0+$", "");
            return shown.isEmpty() ? "" : element.charAt(0) + shown;
        }
        return element.charAt(0) + shown;
    }
}
