package io.purser.local.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskTest {

    @Test
    void hidesKnownValuesAndTheirEncodings() {
        Mask mask = new Mask(() -> Set.of("correct horse", "app"));
        assertThat(mask.known("password=correct horse; key=Y29ycmVjdCBob3JzZQ==; url=correct+horse"))
                .isEqualTo("password=********; key=********; url=********");
    }

    @Test
    void aShortValueIsHiddenAsAWholeWordOnly() {
        Mask mask = new Mask(() -> Set.of("app"));
        assertThat(mask.known("the application of user app")).isEqualTo("the application of user ********");
    }

    @Test
    void ofAnUnknownFileOnlyKeysAreShown() {
        assertThat(Mask.everything("db.user = joe\n\"password\": \"x\",\nBEGIN KEY\n\nlist:\n"))
                .isEqualTo("db.user = ********\n\"password\": ********\n********\n\n********\n");
    }
}
