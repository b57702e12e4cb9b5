package dev.vloop.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ClassFileTest {
    @Test
    void a_class_of_a_jdk_to_come_is_read_and_keeps_its_version() throws IOException {
        byte[] bytes = JdkClasses.bytes("java/lang/Object");
        bytes[7] = 99;
        ClassFile file = new ClassFile(bytes);
        assertThat(file.reader().getClassName()).isEqualTo("java/lang/Object");
        assertThat(file.restored(JdkClasses.bytes("java/lang/Object"))[7]).isEqualTo((byte) 99);
    }

    @Test
    void what_a_class_mentions_is_found() throws IOException {
        ClassFile file = new ClassFile(JdkClasses.bytes("java/util/concurrent/FutureTask"));
        assertThat(file.mentions("nothing of that kind", "nanoTime")).isTrue();
        assertThat(file.mentions("nothing of that kind")).isFalse();
    }
}
