/* A ring buffer for the sensor board. 环形缓冲区 */
#include <stddef.h>

struct ring {
    unsigned char bytes[64];
    size_t head, tail;
};

static int ring_put(struct ring *r, unsigned char byte)
{
    size_t next = (r->head + 1) % sizeof r->bytes;
    if (next == r->tail)
        return -1;
    r->bytes[r->head] = byte;
    r->head = next;
    return 0;
}

int ring_empty(const struct ring *r) {
    return r->head == r->tail;
}
