package io.purser.local.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.agent.config.Delimiters;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MaskTest {

    private static String shown(FileMask mask, String text) {
        return mask.lines(text).stream().map(FileMask.Line::shown).collect(Collectors.joining("\n"));
    }

    @Test
    void hidesValuesAndTheirEncodingsInWhatProgramsPrint() {
        Mask mask = new Mask(() -> Set.of("correct horse", "app", "it's"));
        assertThat(mask.hide("a=correct horse b=Y29ycmVjdCBob3JzZQ== c=correct+horse d='it'\\''s'"))
                .isEqualTo("a=******** b=******** c=******** d='********'");
        mask.learn("seen in a file");
        assertThat(mask.hide("it was seen in a file")).isEqualTo("it was ********");
    }

    @Test
    void aShortValueIsHiddenAsAWholeWordOnly() {
        Mask mask = new Mask(() -> Set.of("app"));
        assertThat(mask.hide("the application of user app")).isEqualTo("the application of user ********");
    }

    @Test
    void ofATemplatesFileOnlyTheTemplatesTextIsShown() {
        FileMask mask = FileMask.ofTemplate("""
                server:
                  port: 8080
                {{- with secret "a" }}
                  url: db://{{ .Data.user }}:{{ .Data.password }}@host/{{/* the
                  database */}}shop
                  digest: {{ .Data.password | sha256Hex }}
                {{ .Data.pem }}
                {{- end }}
                """, Delimiters.DEFAULT);
        assertThat(shown(
                        mask,
                        "server:\n  port: 8080\n  url: db://joe:x@host/shop\n  digest: 2d711642b726b044\nkey: y\n"))
                .isEqualTo(
                        "server:\n  port: 8080\n  url: db://********:********@host/shop\n  digest: ********\n********");
    }

    @Test
    void textBetweenActionsOfOneLineIsShown() {
        FileMask mask =
                FileMask.ofTemplate("{{ with secret \"a\" }}user={{ .Data.user }}{{ end }}", Delimiters.DEFAULT);
        assertThat(shown(mask, "user=joe")).isEqualTo("user=********");
        assertThat(shown(mask, "other joe")).isEqualTo("********");
    }

    @Test
    void ofAFormatOnlyKeysAreShown() {
        FileMask json = FileMask.ofFormat("json");
        assertThat(shown(json, "{\n  \"user\": \"joe\",\n  \"deep\": {\n    \"n\": 1\n  }\n}"))
                .isEqualTo("{\n  \"user\": ********\n  \"deep\": {\n    \"n\": ********\n  }\n}");
        assertThat(shown(FileMask.ofFormat("env"), "user='joe'\npassword='a'\\''b'"))
                .isEqualTo("user=********\npassword=********");
        assertThat(shown(FileMask.ofFormat("raw"), "user: joe")).isEqualTo("********");
        assertThat(shown(FileMask.opaque(), "user: joe")).isEqualTo("********");
    }

    @Test
    void whatIsHiddenIsKnownAfterwards() {
        assertThat(FileMask.ofFormat("json").lines("  \"user\": \"joe\","))
                .extracting(FileMask.Line::hidden)
                .containsExactly("joe");
    }
}
