package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoText;
import java.io.ByteArrayOutputStream;

/** Base32 with padding, as Go's encoding/base32. */
final class Base32Text {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int[] DIGITS_FOR_BYTES = {0, 2, 4, 5, 7, 8};

    private Base32Text() {}

    static String encode(String text) {
        byte[] bytes = GoText.bytes(text);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < bytes.length; i += 5) {
            int count = Math.min(5, bytes.length - i);
            long bits = 0;
            for (int k = 0; k < 5; k++) {
                bits = bits << 8 | (k < count ? bytes[i + k] & 0xff : 0);
            }
            for (int k = 0; k < 8; k++) {
                int digit = (int) (bits >>> (35 - 5 * k)) & 31;
                out.append(k < DIGITS_FOR_BYTES[count] ? ALPHABET.charAt(digit) : '=');
            }
        }
        return out.toString();
    }

    static String decode(String text) {
        String plain = text.replace("\n", "").replace("\r", "");
        int end = plain.length();
        while (end > 0 && plain.charAt(end - 1) == '=') {
            end--;
        }
        int padding = plain.length() - end;
        int rest = end % 8;
        boolean fits = plain.length() % 8 == 0
                && padding < 8
                && (rest == 0 || rest == 2 || rest == 4 || rest == 5 || rest == 7);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int bits = 0;
        int count = 0;
        for (int i = 0; i < end; i++) {
            int digit = ALPHABET.indexOf(plain.charAt(i));
            if (digit < 0) {
                throw new FunctionException("illegal base32 data at input byte " + i);
            }
            bits = bits << 5 | digit;
            count += 5;
            if (count >= 8) {
                count -= 8;
                out.write(bits >>> count);
                bits &= (1 << count) - 1;
            }
        }
        if (!fits) {
            throw new FunctionException("illegal base32 data at input byte " + end / 8 * 8);
        }
        return GoText.of(out.toByteArray());
    }
}
