package io.purser.webhook.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The labelled blocks of a PEM text (RFC 7468). */
final class PemBlocks {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /** One block; the array is not shared. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, lives for one call
    record Block(String label, byte[] der) {}

    private PemBlocks() {}

    /**
     * Reads all blocks; text between them is passed over, as the RFC allows.
     *
     * @throws IllegalArgumentException when a block is not base64
     */
    static List<Block> of(String pem) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(pem);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
        }
        return blocks;
    }
}
