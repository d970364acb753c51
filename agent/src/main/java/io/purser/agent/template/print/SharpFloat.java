package io.purser.agent.template.print;

/** The flag # on a floating-point verb: always a point, and the trailing zeros kept. */
final class SharpFloat {
    private SharpFloat() {}

    static String withPoint(String number, char verb, int precision) {
        int exponentAt = exponentAt(number, verb);
        String mantissa = number.substring(0, exponentAt);
        int missing = verb == 'g' || verb == 'G' || verb == 'x' ? precision == -1 ? 6 : precision : 0;
        boolean significant = false;
        for (int i = 0; i < mantissa.length(); i++) {
            char c = mantissa.charAt(i);
            significant |= c != '0' && c != '.';
            missing -= significant && c != '.' ? 1 : 0;
        }
        if (mantissa.indexOf('.') < 0) {
            missing -= mantissa.equals("0") ? 1 : 0;
            mantissa += ".";
        }
        return mantissa + "0".repeat(Math.max(0, missing)) + number.substring(exponentAt);
    }

    private static int exponentAt(String number, char verb) {
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            boolean decimalExponent = (c == 'e' || c == 'E') && verb != 'x' && verb != 'X';
            if (decimalExponent || c == 'p' || c == 'P') {
                return i;
            }
        }
        return number.length();
    }
}
