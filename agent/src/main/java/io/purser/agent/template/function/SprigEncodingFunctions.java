package io.purser.agent.template.function;

import io.purser.agent.template.encode.JsonReader;
import io.purser.agent.template.encode.JsonWriter;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoText;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/** Sprig's encodings, digests, JSON, URLs and paths. */
final class SprigEncodingFunctions implements FunctionGroup {
    @Override
    public String signatures() {
        return """
                adler32sum(text string) string
                b32dec(text string) string
                b32enc(text string) string
                b64dec(text string) string
                b64enc(text string) string
                base(path string) string
                clean(path string) string
                dir(path string) string
                ext(path string) string
                fromJson(text string) any
                isAbs(path string) bool
                mustFromJson(text string) any
                mustToJson(value any) string
                mustToPrettyJson(value any) string
                mustToRawJson(value any) string
                osBase(path string) string
                osClean(path string) string
                osDir(path string) string
                osExt(path string) string
                osIsAbs(path string) bool
                sha1sum(text string) string
                sha256sum(text string) string
                sha512sum(text string) string
                toJson(value any) string
                toPrettyJson(value any) string
                toRawJson(value any) string
                urlJoin(parts map) string
                urlParse(url string) map
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        return switch (name) {
            case "adler32sum" -> adler32(a.text(0));
            case "b32dec" -> orReason(() -> Base32Text.decode(a.text(0)));
            case "b32enc" -> Base32Text.encode(a.text(0));
            case "b64dec" -> orReason(() -> Base64Text.decode(a.text(0)));
            case "b64enc" -> Base64Text.encode(a.text(0));
            case "base", "osBase" -> Paths.base(a.text(0));
            case "clean", "osClean" -> Paths.clean(a.text(0));
            case "dir", "osDir" -> Paths.directory(a.text(0));
            case "ext", "osExt" -> Paths.extension(a.text(0));
            case "fromJson" -> readOrNull(a.text(0));
            case "isAbs", "osIsAbs" -> a.text(0).startsWith("/");
            case "mustFromJson" -> JsonReader.read(a.text(0));
            case "mustToJson" -> JsonWriter.write(a.any(0), false, true);
            case "mustToPrettyJson" -> JsonWriter.write(a.any(0), true, true);
            case "mustToRawJson", "toRawJson" -> JsonWriter.write(a.any(0), false, false);
            case "sha1sum" -> Hashes.hex("SHA-1", a.text(0));
            case "sha256sum" -> Hashes.hex("SHA-256", a.text(0));
            case "sha512sum" -> Hashes.hex("SHA-512", a.text(0));
            case "toJson" -> writeOrEmpty(a.any(0), false);
            case "toPrettyJson" -> writeOrEmpty(a.any(0), true);
            case "urlJoin" -> Urls.join(a.map(0));
            case "urlParse" -> Urls.parse(a.text(0));
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static String adler32(String text) {
        Adler32 sum = new Adler32();
        sum.update(GoText.bytes(text));
        return String.valueOf(sum.getValue());
    }

    /** Sprig's decoders give the error as text. */
    private static String orReason(java.util.function.Supplier<String> decoder) {
        try {
            return decoder.get();
        } catch (FunctionException e) {
            return e.reason();
        }
    }

    private static @Nullable Object readOrNull(String text) {
        try {
            return JsonReader.read(text);
        } catch (FunctionException e) {
            return null;
        }
    }

    private static String writeOrEmpty(@Nullable Object value, boolean pretty) {
        try {
            return JsonWriter.write(value, pretty, true);
        } catch (FunctionException e) {
            return "";
        }
    }
}
